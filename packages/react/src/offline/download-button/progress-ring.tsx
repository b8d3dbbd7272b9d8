'use client';

import type { ReactNode } from 'react';

interface ProgressRingProps {
  /** From 0 to 1; `null` where something goes on that nobody can measure. */
  progress: number | null;
  children: ReactNode;
}

/** How far a download has come, around a drawing. By attributes alone: a policy against inline styles allows them. */
export function ProgressRing({ progress, children }: ProgressRingProps): ReactNode {
  const share = progress === null ? 25 : Math.min(1, Math.max(0, progress)) * 100;

  return (
    <span className="secure-player-ring" data-turning={progress === null ? '' : undefined}>
      <svg viewBox="0 0 40 40" aria-hidden="true" focusable="false">
        <circle className="secure-player-ring-track" cx="20" cy="20" r="17.5" />
        {share > 0 && (
          <circle
            className="secure-player-ring-done"
            cx="20"
            cy="20"
            r="17.5"
            pathLength="100"
            strokeDasharray={`${share} 100`}
            transform="rotate(-90 20 20)"
          />
        )}
      </svg>
      {children}
    </span>
  );
}
