import { expect, it } from 'vitest';

import { MIME_TYPES, streamTypeOf } from './media-type.js';

it.each([
  ['/film.mpd', undefined, 'dash'],
  ['/film.m3u8', undefined, 'hls'],
  ['https://a.example/FILM.MPD?token=x.m3u8#t=1', undefined, 'dash'],
  ['https://a.example/film.m3u8#.mpd', undefined, 'hls'],
  ['/film.mpd', 'hls', 'hls'],
  ['/film', 'dash', 'dash'],
  ['/film', 'DASH', 'dash'],
  ['/film', MIME_TYPES.dash, 'dash'],
  ['/film', MIME_TYPES.hls, 'hls'],
  ['/film', 'application/vnd.apple.mpegurl; charset=utf-8', 'hls'],
  ['/film', 'application/x-mpegURL', 'hls'],
  ['/film', 'audio/mpegurl', 'hls'],
  ['/film', 'video/vnd.mpeg.dash.mpd', 'dash'],
  ['/film', undefined, null],
  ['/film.mp4', undefined, null],
  ['/mpd', undefined, null],
  ['/a?x=.mpd', undefined, null],
  ['/film.mpd', 'video/mp4', null],
  ['/film.mpd', '', null],
  ['/film.constructor', undefined, null],
  ['/film', '__proto__', null],
] as const)('%s of type %s is %s', (src, type, expected) => {
  expect(streamTypeOf(src, type)).toBe(expected);
});
