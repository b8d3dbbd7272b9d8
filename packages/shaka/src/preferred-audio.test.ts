import { expect, it } from 'vitest';

import { preferredAudio } from './preferred-audio.js';

it('names the sound that is wished for, in order and in the words of each format, and leaves open what may be anything', () => {
  const any = { language: '', role: '', label: '', channelCount: 0, codec: '', spatialAudio: false };

  expect(
    preferredAudio([
      { language: 'es', kind: 'description', label: null },
      { language: 'es' },
      { kind: 'description' },
    ]),
  ).toEqual({
    preferredAudio: [
      { ...any, language: 'es', role: 'description' },
      { ...any, language: 'es', role: 'public.accessibility.describes-video' },
      { ...any, language: 'es' },
      { ...any, role: 'description' },
      { ...any, role: 'public.accessibility.describes-video' },
    ],
  });
});

it('leaves the choice to Shaka where nothing is wished for', () => {
  expect(preferredAudio([])).toEqual({});
});
