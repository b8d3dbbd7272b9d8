'use client';

import type { ReactElement, ReactNode } from 'react';

/** A drawing of the kit: it takes its color from the text around it, and says nothing. */
export function Icon({ children }: { children: ReactNode }): ReactElement {
  return (
    <svg className="secure-player-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

/** A shape that is filled. */
export function filled(path: string): ReactElement {
  return (
    <Icon>
      <path d={path} fill="currentColor" />
    </Icon>
  );
}

/** Lines of one width. */
export function drawn(path: string, more?: ReactNode): ReactElement {
  return (
    <Icon>
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      {more}
    </Icon>
  );
}
