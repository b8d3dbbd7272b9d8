import { expect, it, vi } from 'vitest';

import { createThumbnailLoader } from './thumbnail-loader.js';

const INDEX = `WEBVTT

00:00.000 --> 00:04.000
sprite.jpg#xywh=0,0,160,90
`;

function setup({ ok = true, url = 'https://cdn.example/film/index.vtt' } = {}) {
  const request = vi.fn(async () => ({ ok, url, status: ok ? 200 : 404, text: async () => INDEX }));
  return { request, load: createThumbnailLoader('https://site.example/index.vtt', request) };
}

it('finds pictures beside the index that came, wherever the request was sent on to', async () => {
  const { load } = setup();

  expect((await load())[0]?.image).toBe('https://cdn.example/film/sprite.jpg');
});

it('finds them beside what was asked for, where the answer has no address', async () => {
  const { load } = setup({ url: '' });

  expect((await load())[0]?.image).toBe('https://site.example/sprite.jpg');
});

it('asks once, and has no pictures where the index cannot be had', async () => {
  const { load, request } = setup({ ok: false });

  expect(await load()).toEqual([]);
  await load();
  expect(request).toHaveBeenCalledOnce();
});
