import type { AnchorHTMLAttributes, MouseEvent } from 'react';

import { navigate } from './navigation.js';

/** Props of {@link Link}. */
export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'> {
  /** A path of this site. */
  to: string;
}

/** A link within the site. New tabs, downloads and the like stay the browser's own business. */
export function Link({ to, children, ...rest }: LinkProps) {
  return (
    <a {...rest} href={to} onClick={(event) => follow(event, to)}>
      {children}
    </a>
  );
}

function follow(event: MouseEvent<HTMLAnchorElement>, path: string): void {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!isPlain || event.defaultPrevented) return;

  event.preventDefault();
  navigate(path);
}
