import { expect, it } from 'vitest';
import { codecKind, impliesCodecs } from './codec-kind.js';

it.each([
  ['avc1.42E01E', 'video'],
  ['avc1', 'video'],
  ['vp8', 'video'],
  ['vp09.00.10.08', 'video'],
  ['mp4a.40.2', 'audio'],
  ['opus', 'audio'],
  ['vorbis', 'audio'],
  ['ec-3', 'audio'],
  ['AVC1.42E01E', null],
  ['avc1x', null],
  ['wvtt', null],
  ['toString', null],
  ['', null],
])('knows what %j is: %s', (codec, kind) => {
  expect(codecKind(codec)).toBe(kind);
});

it('knows which containers hold one codec only', () => {
  expect(impliesCodecs('audio/mpeg')).toBe(true);
  expect(impliesCodecs('audio/mp4')).toBe(false);
  expect(impliesCodecs('video/webm')).toBe(false);
});
