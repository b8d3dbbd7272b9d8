import type { PlaybackErrorDocument } from '@secure-player/core';

/** What the tab that works does with a title at the moment. It is told to other tabs, and is not kept. */
export type LiveStage =
  | { readonly status: 'queued' | 'preparing' | 'removing' }
  | {
      readonly status: 'downloading';
      readonly receivedBytes: number;
      readonly totalBytes: number;
      readonly bytesPerSecond: number | null;
      readonly secondsLeft: number | null;
    }
  | {
      readonly status: 'waiting';
      readonly waitingFor: 'network' | 'unmetered-network' | 'retry';
      readonly retryAt: number | null;
      readonly error: PlaybackErrorDocument | null;
    };
