import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
    'offers the film to members and its preview, without HD, to everybody',
    { timeout: 60_000 },
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
    expect(progress).toHaveLength(2);
    expect(progress.every(({ completed, total }) => completed === total)).toBe(true);

    const { app } = createDemoSite({ titles, mediaRoot, keySeed, clientRoot: null, log: () => {} });
    const catalog = (await (await app.request('/v1/catalog')).json()) as {
      titles: { streams: { src: string }[] }[];
    };
    const manifests = catalog.titles.flatMap(({ streams }) => streams.map(({ src }) => src));
    expect(manifests).toHaveLength(6);
    for (const src of manifests) expect((await app.request(src)).status).toBe(200);
  });

  it('stops when it is told to, with the reason', async () => {
    const reason = new Error('changed my mind');
    const signal = AbortSignal.abort(reason);

    await expect(prepareTitles({ mediaRoot, keySeed, signal })).rejects.toBe(reason);
  });
});
