'use client';

import { useState, type ReactNode } from 'react';

import { DOWNLOAD_ICONS } from '../icons/download-icons.js';

/** The picture of a title; a drawing where it has none, or where it cannot be had without a network. */
export function Poster({ src }: { src: string | undefined }): ReactNode {
  const [failed, setFailed] = useState<string | null>(null);
  const isShown = src !== undefined && src !== failed;

  return (
    <div className="secure-player-download-poster" aria-hidden="true">
      {isShown ? <img src={src} alt="" onError={() => setFailed(src)} /> : DOWNLOAD_ICONS.film}
    </div>
  );
}
