import type { TrackWish } from '@secure-player/core';

import { rolesOfKind } from './track-kind.js';

/** What Shaka is configured with so that it begins with the sound that is wished for; see `shaka.extern.AudioPreference`. */
export function preferredAudio(wishes: readonly TrackWish[]): object {
  if (wishes.length === 0) return {};

  return {
    preferredAudio: wishes.flatMap(({ language, kind, label }) =>
      rolesOfKind(kind ?? '').map((role) => ({
        language: language ?? '',
        role,
        label: label ?? '',
        channelCount: 0,
        codec: '',
        spatialAudio: false,
      })),
    ),
  };
}
