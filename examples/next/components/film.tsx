'use client';

import { SecurePlayer, toSource } from '@secure-player/react';
import { useMemo } from 'react';

import { PlayingNow } from './playing-now';

/** What the server sends along with the page: JSON, of which the browser makes a source. */
export type FilmDocument = Parameters<typeof toSource>[0];

export function Film({ document }: { document: FilmDocument }) {
  const source = useMemo(() => toSource(document), [document]);

  return (
    <SecurePlayer controls source={source}>
      <PlayingNow />
    </SecurePlayer>
  );
}
