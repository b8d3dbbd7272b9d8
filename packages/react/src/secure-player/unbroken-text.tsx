'use client';

import { Fragment, type ReactNode } from 'react';

/** Text whose words break at no hyphen of their own, as browsers do it and no property of CSS forbids. */
export function UnbrokenText({ children }: { children: string }): ReactNode {
  const parts = children.split(/([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+)/u);

  // Every second part is a match.
  return parts.map((part, index) =>
    index % 2 === 1 ? (
      // oxlint-disable-next-line react/no-array-index-key -- parts of one text have no other identity
      <span key={index} className="secure-player-unbroken">
        {part}
      </span>
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- as above
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}
