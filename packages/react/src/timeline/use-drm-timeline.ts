'use client';

import type { TimelineEntry } from '@secure-player/core';
import { useCallback, useSyncExternalStore } from 'react';

import { usePlayerInstance } from '../player/player-context.js';

/** What {@link useDrmTimeline} returns. */
export interface DrmTimelineReading {
  /** In the order in which they began. Empty before a title loads, and on the server. */
  readonly entries: readonly TimelineEntry[];
  /** The timeline as JSON text, for a bug report: it holds no token, key, license byte, URL or session id. */
  readonly exportTimeline: () => string;
}

const NO_ENTRIES: readonly TimelineEntry[] = Object.freeze([]);

/**
 * What became of the protection of the nearest player's title, step by step: access, keys, certificate, session, challenge,
 * server, update, statuses. Renders again at each step, of which there are some twenty in a load, and none while playback
 * goes on as it does.
 */
export function useDrmTimeline(): DrmTimelineReading {
  const { timeline } = usePlayerInstance('useDrmTimeline');
  const entries = useSyncExternalStore(timeline.subscribe, timeline.getState, () => NO_ENTRIES);
  const exportTimeline = useCallback(() => JSON.stringify(timeline, null, 2), [timeline]);

  return { entries, exportTimeline };
}
