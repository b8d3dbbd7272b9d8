import { useState } from 'react';

import { findKeptDownload, type KeptDownload } from './kept-download.js';
import { useDownloadsReading } from './use-downloads-reading.js';
import { useOnline } from './use-online.js';

/**
 * Where a title is to be played from, decided once: what changes about it later must not take a film away that plays. Only a
 * download that is removed is streamed after all.
 */
export function useKeptDownload(id: string): KeptDownload {
  const reading = useDownloadsReading();
  const isOnline = useOnline();
  const found = findKeptDownload(reading, id, isOnline);
  const [decided, setDecided] = useState<'kept' | 'streamed' | null>(null);

  if (decided === null && found.status !== 'unknown') setDecided(found.status);
  if (decided === null || decided === 'streamed') {
    return decided === 'streamed' ? { status: 'streamed' } : found;
  }

  const download =
    reading.status === 'ready' ? reading.state.downloads.find((one) => one.id === id) : undefined;
  if (download && download.status !== 'removing') return { status: 'kept', download };

  setDecided('streamed');
  return { status: 'streamed' };
}
