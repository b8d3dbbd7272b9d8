import { symlink, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { codeOf, mediaFolder, setup, type TestServer } from '../../testing/setup.js';

const SEGMENT = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
const MODIFIED = new Date('2026-01-02T03:04:05Z');
const URL_PATH = '/media/film-v1/dash/1.m4s';

async function setupMedia(): Promise<{ server: TestServer; root: string }> {
  const root = await mediaFolder({
    'secret.mp4': 'outside',
    'other/secret.mp4': 'not a title',
    'film-v1/title.json': '{}',
    'film-v1/keys.txt': 'secret',
    'film-v1/.hidden.mp4': 'secret',
    'film-v1/.git/config.mp4': 'secret',
    'film-v1/poster.jpg': 'jpg',
    'film-v1/thumbnails.vtt': 'WEBVTT',
    'film-v1/dash/manifest.mpd': '<MPD/>',
    'film-v1/dash/init.mp4': 'init',
    'film-v1/dash/1.m4s': SEGMENT,
    'film-v1/dash/empty.m4s': '',
    'film-v1/dash/a b%.m4s': 'odd name',
    'film-v1/hls/master.m3u8': '#EXTM3U',
  });
  await utimes(join(root, 'film-v1/dash/1.m4s'), MODIFIED, MODIFIED);
  return { server: setup({ mediaRoot: root }), root };
}

describe('a media file', () => {
  test.each([
    ['dash/manifest.mpd', 'application/dash+xml', 'no-cache'],
    ['hls/master.m3u8', 'application/vnd.apple.mpegurl', 'no-cache'],
    ['dash/init.mp4', 'video/mp4', 'public, max-age=31536000, immutable'],
    ['dash/1.m4s', 'video/iso.segment', 'public, max-age=31536000, immutable'],
    ['thumbnails.vtt', 'text/vtt; charset=utf-8', 'public, max-age=3600'],
    ['poster.jpg', 'image/jpeg', 'public, max-age=3600'],
  ])('%s is %s and may be kept: %s', async (path, type, cacheControl) => {
    const { server } = await setupMedia();
    const response = await server.get(`/media/film-v1/${path}`);
    await response.arrayBuffer();

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('cache-control')).toBe(cacheControl);
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('comes whole', async () => {
    const { server } = await setupMedia();
    const response = await server.get(URL_PATH);
    expect(response.headers.get('content-length')).toBe('1000');
    expect(response.headers.get('last-modified')).toBe('Fri, 02 Jan 2026 03:04:05 GMT');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(SEGMENT);
  });

  test('comes whole when it is longer than one read', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 241);
    const server = setup({ mediaRoot: await mediaFolder({ 'film-v1/1.m4s': bytes }) });
    const response = await server.get('/media/film-v1/1.m4s', { headers: { Range: 'bytes=1-299998' } });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes.subarray(1, 299_999))).toBe(true);
  });

  test('comes empty when it is empty', async () => {
    const { server } = await setupMedia();
    const response = await server.get('/media/film-v1/dash/empty.m4s');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('0');
    expect(await response.text()).toBe('');
  });

  test('comes by a name that has to be encoded', async () => {
    const { server } = await setupMedia();
    expect(await (await server.get('/media/film-v1/dash/a%20b%25.m4s')).text()).toBe('odd name');
  });

  test('breaks off rather than end early when it shrinks while it is sent', async () => {
    const { server, root } = await setupMedia();
    const response = await server.get(URL_PATH);
    await truncate(join(root, 'film-v1/dash/1.m4s'), 0);
    await expect(response.arrayBuffer()).rejects.toThrow('became shorter');
  });

  test('is described by HEAD, without a range', async () => {
    const { server } = await setupMedia();
    const response = await server.get(URL_PATH, { method: 'HEAD', headers: { Range: 'bytes=0-1' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('1000');
    expect(await response.text()).toBe('');
  });
});

describe('a range', () => {
  test.each([
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['bytes=990-', 990, 999],
    ['bytes=-10', 990, 999],
    ['bytes=500-5000', 500, 999],
  ])('%s is answered with bytes %i to %i', async (range, first, last) => {
    const { server } = await setupMedia();
    const response = await server.get(URL_PATH, { headers: { Range: range } });

    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${last}/1000`);
    expect(response.headers.get('content-length')).toBe(String(last - first + 1));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(SEGMENT.subarray(first, last + 1));
  });

  test('outside the file is a problem that says how long the file is', async () => {
    const { server } = await setupMedia();
    const response = await server.get(URL_PATH, { headers: { Range: 'bytes=1000-' } });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */1000');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await codeOf(response)).toBe('range-not-satisfiable');
  });

  test('that is several or broken gives the whole file', async () => {
    const { server } = await setupMedia();
    const response = await server.get(URL_PATH, { headers: { Range: 'bytes=0-1,5-6' } });
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBe(1000);
  });

  test.each([
    ['the tag', (etag: string) => etag, 206],
    ['the date', () => MODIFIED.toUTCString(), 206],
    ['another tag', () => '"other"', 200],
    ['a weak tag', (etag: string) => `W/${etag}`, 200],
    ['another date', () => 'Fri, 02 Jan 2026 03:04:06 GMT', 200],
  ])('under If-Range with %s', async (_case, valueFor, status) => {
    const { server } = await setupMedia();
    const etag = (await server.get(URL_PATH, { method: 'HEAD' })).headers.get('etag') ?? '';
    const response = await server.get(URL_PATH, {
      headers: { Range: 'bytes=0-1', 'If-Range': valueFor(etag) },
    });
    await response.arrayBuffer();
    expect(response.status).toBe(status);
  });
});

describe('a file the client has already', () => {
  test.each([
    ['If-None-Match', (etag: string) => etag, 304],
    ['If-None-Match', (etag: string) => `"a", W/${etag}`, 304],
    ['If-None-Match', () => '*', 304],
    ['If-None-Match', () => '"a"', 200],
    ['If-Modified-Since', () => MODIFIED.toUTCString(), 304],
    ['If-Modified-Since', () => 'Fri, 02 Jan 2026 03:04:04 GMT', 200],
    ['If-Modified-Since', () => 'yesterday', 200],
  ])('by %s', async (name, valueFor, status) => {
    const { server } = await setupMedia();
    const etag = (await server.get(URL_PATH, { method: 'HEAD' })).headers.get('etag') ?? '';
    const response = await server.get(URL_PATH, { headers: { [name]: valueFor(etag) } });
    const body = await response.arrayBuffer();

    expect(response.status).toBe(status);
    expect(response.headers.get('etag')).toBe(etag);
    expect(body.byteLength).toBe(status === 304 ? 0 : 1000);
  });

  test('is another one once it changed', async () => {
    const { server, root } = await setupMedia();
    const etag = (await server.get(URL_PATH, { method: 'HEAD' })).headers.get('etag') ?? '';
    await utimes(join(root, 'film-v1/dash/1.m4s'), MODIFIED, new Date(MODIFIED.getTime() + 1));
    expect((await server.get(URL_PATH, { method: 'HEAD' })).headers.get('etag')).not.toBe(etag);
  });
});

describe('nothing else is served', () => {
  test.each([
    '/media/secret.mp4',
    '/media/other/secret.mp4',
    '/media/film-v1',
    '/media/film-v1/',
    '/media/film-v1/dash',
    '/media/film-v1/dash/',
    '/media/film-v1/title.json',
    '/media/film-v1/TITLE.JSON',
    '/media/film-v1/keys.txt',
    '/media/film-v1/.hidden.mp4',
    '/media/film-v1/.git/config.mp4',
    '/media/film-v1/missing.mp4',
    '/media/film-v1/../secret.mp4',
    '/media/film-v1/%2e%2e/secret.mp4',
    '/media/film-v1/%2E%2E%2Fsecret.mp4',
    '/media/film-v1/..%2fsecret.mp4',
    '/media/film-v1/%252e%252e%252fsecret.mp4',
    '/media/film-v1/..%5csecret.mp4',
    '/media/film-v1/..\\secret.mp4',
    '/media/film-v1/dash%2f1.m4s',
    '/media/film-v1//dash/1.m4s',
    '/media/film-v1/dash/1.m4s/',
    '/media/film-v1/dash/1.m4s%00',
    '/media/film-v1/dash/1.m4s%00.mp4',
    '/media/film-v1/title.json%00.mp4',
    '/media/film-v1/title.json%23.mp4',
    '/media/film-v1/dash/1.m4s::$DATA.mp4',
    '/media/film-v1/C:%5csecret.mp4',
    '/media/film-v1/%ff.mp4',
    '/media/film-v1/%.mp4',
    '/media/film-v1/dash/1.m4s/../../../secret.mp4',
    '/media/film-v1/link.mp4',
    '/media/film-v1/linked/secret.mp4',
    '/media/film-v1/inside.mp4',
    `/media/film-v1/${'x'.repeat(300)}.mp4`,
    '/media/__proto__/x.mp4',
    '/media/',
  ])('not by %s', async (path) => {
    const { server, root } = await setupMedia();
    await symlink(join(root, 'secret.mp4'), join(root, 'film-v1/link.mp4'));
    await symlink(join(root, 'other'), join(root, 'film-v1/linked'));
    await symlink(join(root, 'film-v1/title.json'), join(root, 'film-v1/inside.mp4'));

    const response = await server.get(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await codeOf(response)).toBe('not-found');
  });

  test('not even a folder with the name of a file', async () => {
    const server = setup({ mediaRoot: await mediaFolder({ 'film-v1/folder.mp4/x.mp4': '' }) });
    expect(await codeOf(await server.get('/media/film-v1/folder.mp4'))).toBe('not-found');
  });

  test('but a title whose own folder is a symbolic link is', async () => {
    const root = await mediaFolder({ 'elsewhere/1.mp4': 'linked' });
    await symlink(join(root, 'elsewhere'), join(root, 'film-v1'));
    expect(await (await setup({ mediaRoot: root }).get('/media/film-v1/1.mp4')).text()).toBe('linked');
  });
});
