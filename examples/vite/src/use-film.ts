import type { Source } from '@secure-player/react';
import { useEffect, useState } from 'react';

import { openFilm, type Format } from './open-film';

interface Film {
  readonly source: Source | null;
  readonly error: string | null;
}

const NOTHING_YET: Film = { source: null, error: null };

/** The film to play; until it is there the player is idle. */
export function useFilm(contentId: string, format: Format): Film {
  const [film, setFilm] = useState(NOTHING_YET);

  useEffect(() => {
    const controller = new AbortController();
    openFilm(contentId, format, controller.signal).then(
      (source) => setFilm({ source, error: null }),
      (error: unknown) => {
        if (!controller.signal.aborted) setFilm({ source: null, error: String(error) });
      },
    );

    return () => controller.abort();
  }, [contentId, format]);

  return film;
}
