'use client';

import { NO_EXPERIENCE, type QualityOfExperience } from '@secure-player/core';
import { useSyncExternalStore } from 'react';

import { usePlayerInstance } from '../player/player-context.js';

/**
 * How playback is for the viewer: time to first frame and the share of protection in it, rebuffering, frames that were
 * dropped, changes of quality.
 *
 * Renders again when something happens (a status, the first frame, another rendition) and not while playback goes on as it
 * does: the figures are those of the last event. `PlayerHandle.getQualityOfExperience()` reads them as they are now.
 */
export function useQualityOfExperience(): QualityOfExperience {
  const { experience } = usePlayerInstance('useQualityOfExperience');
  return useSyncExternalStore(experience.subscribe, experience.getState, () => NO_EXPERIENCE);
}
