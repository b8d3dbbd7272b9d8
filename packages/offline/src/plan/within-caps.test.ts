import { expect, it } from 'vitest';

import type { Choosable } from './choose-tracks.js';
import { withinCaps } from './within-caps.js';

const track = (kind: Choosable['kind'], height: number | null) =>
  ({ id: `${kind}-${height}`, kind, height }) as Choosable;
const TRACKS = [track('video', 720), track('video', 360), track('video', null), track('audio', null)];
const ids = (tracks: readonly Choosable[]) => tracks.map(({ id }) => id);

it('leaves out pictures that are taller than the viewer may see', () => {
  expect(ids(withinCaps(TRACKS, { maxHeight: 360 }))).toEqual(['video-360', 'video-null', 'audio-null']);
});

it('leaves everything where nothing is said', () => {
  expect(withinCaps(TRACKS, undefined)).toBe(TRACKS);
  expect(withinCaps(TRACKS, {})).toBe(TRACKS);
});

it('leaves a title its picture where all are taller', () => {
  const tall = [track('video', 720), track('audio', null)];

  expect(withinCaps(tall, { maxHeight: 240 })).toBe(tall);
});
