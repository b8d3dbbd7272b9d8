import type { TrackWish } from '@secure-player/core';

/** What Shaka is configured with so that it begins with the sound that is wished for; see `shaka.extern.AudioPreference`. */
export function preferredAudio(wishes: readonly TrackWish[]): object {
  if (wishes.length === 0) return {};

  return {
    preferredAudio: wishes.map(({ language, kind, label }) => ({
      language: language ?? '',
      role: kind ?? '',
      label: label ?? '',
      channelCount: 0,
      codec: '',
      spatialAudio: false,
    })),
  };
}
