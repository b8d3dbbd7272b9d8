import { expect, it } from 'vitest';

import { audioKindOf, textKindOf } from './track-kind.js';

it.each<[string, readonly string[], string | null, string | null]>([
  ['no role', [], null, null],
  ['a role', ['dub'], null, 'dub'],
  ['DASH', ['alternate', 'description'], null, 'description'],
  ['HLS', ['public.easy-to-read', 'public.accessibility.describes-video'], null, 'description'],
  [
    'HLS for hard hearing',
    ['public.accessibility.enhances-speech-intelligibility'],
    null,
    'enhanced-audio-intelligibility',
  ],
  ['DVB', ['alternate'], 'visually impaired', 'description'],
  ['DVB for hard hearing', [], 'hard of hearing', 'enhanced-audio-intelligibility'],
])('sound that is told of by %s is of its kind', (_, roles, accessibilityPurpose, kind) => {
  expect(audioKindOf({ roles, accessibilityPurpose })).toBe(kind);
});

it.each<[string | null, readonly string[], string | null]>([
  ['subtitle', [], 'subtitles'],
  ['caption', [], 'captions'],
  ['subtitle', ['public.accessibility.describes-music-and-sound'], 'captions'],
  ['subtitle', ['public.accessibility.transcribes-spoken-dialog'], 'captions'],
  ['chapters', [], 'chapters'],
  [null, [], null],
])('text that Shaka tells to be a %s with %j is of its kind', (kind, roles, expected) => {
  expect(textKindOf({ kind, roles })).toBe(expected);
});
