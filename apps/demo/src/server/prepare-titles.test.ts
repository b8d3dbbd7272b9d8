import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createHttpOfflineBackend } from '@secure-player/core';
import { DEMO_PASSWORD } from '@secure-player/entitlement-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createDemoSite } from './demo-site.js';
import { prepareTitles, type PreparationProgress } from './prepare-titles.js';

const keySeed = new Uint8Array(32).fill(7);
let mediaRoot: string;

beforeAll(async () => {
  mediaRoot = await mkdtemp(join(tmpdir(), 'demo-titles-'));
});

afterAll(() => rm(mediaRoot, { recursive: true }));

describe('prepareTitles', () => {
  it(
    'offers the film to members, its preview, without HD, to everybody, and another one for rent',
    { timeout: 90_000 },
    async () => {
      const titles = await prepareTitles({ mediaRoot, keySeed });
      const summary = titles.map(({ id, access, keys }) => ({
        id,
        access,
        keys: keys.map(
          ({ group, maxHeight, policy }) => `${group} ${maxHeight ?? '-'} ${policy?.minHdcp ?? '-'}`,
        ),
      }));

      expect(summary).toEqual([
        { id: 'first-light', access: 'subscription', keys: ['AUDIO - -', 'SD 360 -', 'HD 720 1.4'] },
        { id: 'first-light-preview', access: 'free', keys: ['AUDIO - -', 'SD 360 -'] },
        { id: 'last-light', access: 'rental', keys: ['AUDIO - -', 'SD 360 -'] },
      ]);

      const keyIds = titles.flatMap(({ keys }) => keys.map(({ keyId }) => keyId));
      expect(new Set(keyIds).size).toBe(keyIds.length);
      for (const { directory, poster, thumbnails, streams } of titles) {
        for (const path of [poster, thumbnails, ...streams.map((stream) => stream.path)]) {
          expect((await stat(join(mediaRoot, directory, path))).size).toBeGreaterThan(0);
        }
      }
    },
  );

  it('finds the titles again, says that nothing is left to do, and the site serves them', async () => {
    const progress: PreparationProgress[] = [];
    const titles = await prepareTitles({ mediaRoot, keySeed, onProgress: (step) => progress.push(step) });
    expect(progress).toHaveLength(3);
    expect(progress.every(({ completed, total }) => completed === total)).toBe(true);

    const { app } = createDemoSite({ titles, mediaRoot, keySeed, clientRoot: null, log: () => {} });
    const catalog = (await (await app.request('/v1/catalog')).json()) as {
      titles: { streams: { src: string }[] }[];
    };
    const manifests = catalog.titles.flatMap(({ streams }) => streams.map(({ src }) => src));
    expect(manifests).toHaveLength(9);
    for (const src of manifests) expect((await app.request(src)).status).toBe(200);
  });

  it('lets an account keep the film and the rental, and nobody the preview', async () => {
    const titles = await prepareTitles({ mediaRoot, keySeed });
    const { app } = createDemoSite({ titles, mediaRoot, keySeed, clientRoot: null, log: () => {} });
    const post = async (path: string, body: object, token = '') =>
      app.request(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
    const login = await post('/v1/login', { username: 'basic', password: DEMO_PASSWORD });
    const { token } = (await login.json()) as { token: string };
    const answers = titles.map(async ({ id: contentId }) => {
      const answer = await post('/v1/offline-licenses', { contentId, deviceId: 'phone' }, token);
      const { code, playWithinSeconds } = (await answer.json()) as Record<string, unknown>;
      return code ?? playWithinSeconds;
    });
    expect(await Promise.all(answers)).toEqual([null, 'offline-not-allowed', 48 * 3600]);
  });

  it('knows what an account keeps also while somebody else is signed in on its device', async () => {
    const titles = await prepareTitles({ mediaRoot, keySeed });
    const { app } = createDemoSite({ titles, mediaRoot, keySeed, clientRoot: null, log: () => {} });
    const fetch = (async (url: string, init?: RequestInit) =>
      app.request(url, init)) as typeof globalThis.fetch;
    const signIn = async (username: string) => {
      const answer = await app.request('/v1/login', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ username, password: DEMO_PASSWORD }),
      });
      const { token } = (await answer.json()) as { token: string };
      return createHttpOfflineBackend({
        baseUrl: 'http://site.example',
        fetch,
        authorize: () => token,
      });
    };
    const first = await signIn('basic');
    const { id } = await first.openOfflineLicense({ contentId: 'first-light', deviceId: 'shared' });
    const second = await signIn('premium');

    await expect(second.checkOfflineLicense(id)).resolves.toMatchObject({ status: 'active' });
    await expect(second.reportFirstPlay(id)).resolves.toMatchObject({
      firstPlayedAt: expect.any(Number) as number,
    });
    // With the token it would not: it is somebody else's.
    await expect(second.renewOfflineLicense(id)).rejects.toMatchObject({ code: 'stored-license-missing' });
    expect((await second.listOfflineLicenses()).licenses).toEqual([]);
  });

  it('stops when it is told to, with the reason', async () => {
    const reason = new Error('changed my mind');
    const signal = AbortSignal.abort(reason);

    await expect(prepareTitles({ mediaRoot, keySeed, signal })).rejects.toBe(reason);
  });
});
