import { expect, it } from 'vitest';

import { readThumbnailIndex, thumbnailAt } from './thumbnail-index.js';

const INDEX = `WEBVTT

00:00.000 --> 00:04.000
sprite.jpg#xywh=0,0,160,90

1:00:04.000 --> 1:00:08.000
sprite.jpg#xywh=160,0,160,90

00:08.000 --> 00:09.000
no part of an image
`;

it('reads the parts of a sprite, relative to the index, and leaves out what is none', () => {
  const thumbnails = readThumbnailIndex(INDEX.replaceAll('\n', '\r\n'), 'https://cdn.example/film/index.vtt');

  expect(thumbnails.map(({ startTime, image, x }) => [startTime, image, x])).toEqual([
    [0, 'https://cdn.example/film/sprite.jpg', 0],
    [3604, 'https://cdn.example/film/sprite.jpg', 160],
  ]);
});

it('finds the picture of a time, the last one for what comes after it', () => {
  const thumbnails = readThumbnailIndex(INDEX, 'https://cdn.example/index.vtt');

  expect([0, 3.9, 4, 9999].map((seconds) => thumbnailAt(thumbnails, seconds)?.x)).toEqual([0, 0, 160, 160]);
  expect(thumbnailAt([], 1)).toBeNull();
});
