import { describe, expect, it } from 'vitest';

import { formatDuration } from './format-duration.js';
import { readThumbnailIndex } from './thumbnail-index.js';

describe('formatDuration', () => {
  it.each([
    [0, '0:00'],
    [64, '1:04'],
    [59.6, '1:00'],
    [3723, '1:02:03'],
    [-1, '0:00'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('readThumbnailIndex', () => {
  const url = 'https://film.example/media/title/thumbnails.vtt';

  it('reads times and places, and finds the sprite beside the index', () => {
    const text = 'WEBVTT\r\n\r\n00:00:04.000 --> 00:00:08.000\r\nsprite.jpg#xywh=160,90,160,90\r\n';

    expect(readThumbnailIndex(text, url)).toEqual([
      {
        startTime: 4,
        image: 'https://film.example/media/title/sprite.jpg',
        x: 160,
        y: 90,
        width: 160,
        height: 90,
      },
    ]);
  });

  it('takes times with and without hours, and leaves out cues without a place', () => {
    const text = `WEBVTT

01:02.500 --> 01:06.500
a.jpg#xywh=0,0,16,9

01:06.500 --> 01:10.500
a caption

01:00:00.000 --> 01:00:04.000
a.jpg#xywh=16,0,16,9
`;

    expect(readThumbnailIndex(text, url).map(({ startTime }) => startTime)).toEqual([62.5, 3600]);
    expect(readThumbnailIndex('<!doctype html>', url)).toEqual([]);
  });
});
