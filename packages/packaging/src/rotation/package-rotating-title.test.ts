import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, watch } from 'node:fs';
import { join } from 'node:path';
import {
  EMBEDDED_KEYS_SYSTEM_ID,
  findPsshBoxes,
  keyIdsOfPssh,
  keyIdToGuid,
  readEmbeddedKeys,
  readPsshBoxes,
  readTrackEncryption,
  SYSTEM_IDS,
} from '@secure-player/protocol';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { firstLightMezzanine } from '../mezzanine/first-light.js';
import { decryptSegment } from '../testing/decrypt-segment.js';
import { readSamples, samplesIn, segmentsOf } from '../testing/decrypt-stream.js';
import { findSecret } from '../testing/find-secret.js';
import { TEST_KEY_SEED } from '../testing/key-seed.js';
import { boxesAt } from '../testing/mp4-boxes.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { deriveLeafKeys, deriveRootKey } from './leaf-keys.js';
import { packageRotatingTitle } from './package-rotating-title.js';
import type { RotatingStream, RotatingTitle } from './rotating-title.js';

// Packager's runs are short, yet a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const scratch = temporaryFolder();
const ID = 'rotating';
const options = { id: ID, outputRoot: join(scratch, 'titles'), keySeed: TEST_KEY_SEED };

describe.each(['cenc', 'cbcs'] as const)('a rotating title under %s', (scheme) => {
  let title: RotatingTitle;
  beforeAll(async () => {
    title = await packageRotatingTitle({ ...options, scheme });
  }, 60_000);
  const folderOf = ({ path }: RotatingStream): string => join(title.directory, path);
  const leafKeys = () => deriveLeafKeys(ID, TEST_KEY_SEED);
  const rootKey = () => deriveRootKey(ID, TEST_KEY_SEED);

  it('describes itself, in the result and in title.json', async () => {
    const { directory, ...document } = title;
    expect(JSON.parse(readFileSync(join(directory, 'title.json'), 'utf8'))).toEqual(document);
    expect(document).toMatchObject({ id: ID, durationSeconds: 64, scheme, path: 'manifest.mpd' });
    expect(document.rootKeyId).toBe((await rootKey()).keyId);
    expect(
      document.streams.map(({ kind, label, height, language, contentType }) => ({
        kind,
        label,
        is: height ?? language,
        contentType,
      })),
    ).toEqual([
      { kind: 'video', label: 'SD', is: 234, contentType: 'video/mp4; codecs="avc1.4d4015"' },
      { kind: 'video', label: 'SD', is: 360, contentType: 'video/mp4; codecs="avc1.4d401e"' },
      { kind: 'video', label: 'HD', is: 720, contentType: 'video/mp4; codecs="avc1.640028"' },
      { kind: 'audio', label: 'AUDIO', is: 'en', contentType: 'audio/mp4; codecs="mp4a.40.2"' },
      { kind: 'audio', label: 'AUDIO', is: 'es', contentType: 'audio/mp4; codecs="mp4a.40.2"' },
    ]);
  });

  it('has a key for every eight seconds, and one for each group of streams', async () => {
    const leaves = new Map((await leafKeys()).map((leaf) => [leaf.keyId, leaf]));
    for (const { label, keyIds } of title.streams) {
      const periods = keyIds.map((keyId) => leaves.get(keyId)?.period ?? Number.NaN);
      expect(keyIds).toHaveLength(16);
      expect(new Set(keyIds).size).toBe(8);
      expect(periods).toEqual([...periods].sort((one, other) => one - other));
      expect(new Set(keyIds.map((keyId) => leaves.get(keyId)?.label))).toEqual(new Set([label]));
    }
  });

  it('names the root key in init segments, and holds nothing else about keys there', () => {
    for (const stream of title.streams) {
      const init = readFileSync(join(folderOf(stream), 'init.mp4'));
      expect(readTrackEncryption(init)).toEqual([
        expect.objectContaining({ scheme, isProtected: true, defaultKeyId: title.rootKeyId }),
      ]);
      expect(findPsshBoxes(init)).toEqual([]);
    }
  });

  it('embeds each segment’s key in it, for those who have the root key', async () => {
    const [root, leaves] = [await rootKey(), await leafKeys()];
    for (const stream of title.streams) {
      for (const [index, segment] of segmentsOf(folderOf(stream)).entries()) {
        const keyId = stream.keyIds[index] ?? '';
        expect(boxesAt(segment, 'moof').flatMap(({ content }) => boxesAt(content, 'pssh'))).toHaveLength(1);
        const [box] = findPsshBoxes(segment);
        expect(box).toMatchObject({ systemId: EMBEDDED_KEYS_SYSTEM_ID, keyIds: [keyId] });

        const embedded = box && readEmbeddedKeys(box);
        expect(embedded?.rootKeyId).toBe(title.rootKeyId);
        expect(await embedded?.open(root.key)).toEqual([
          { keyId, key: leaves.find((leaf) => leaf.keyId === keyId)?.key },
        ]);
      }
    }
  });

  it('has the same box wherever the same key is', () => {
    const [first, second] = title.streams;
    if (!first || !second) throw new Error('no streams');

    const boxes = [first, second].flatMap((stream) =>
      segmentsOf(folderOf(stream)).map((segment, index) => ({
        keyId: stream.keyIds[index],
        box: Buffer.from(findPsshBoxes(segment)[0]?.data ?? []).toString('hex'),
      })),
    );
    const byKey = new Set(boxes.map(({ keyId, box }) => `${keyId} ${box}`));
    expect(byKey.size).toBe(new Set(boxes.map(({ keyId }) => keyId)).size);
  });

  it('counts every segment’s bytes right', () => {
    for (const stream of title.streams) {
      for (const segment of segmentsOf(folderOf(stream))) {
        const view = new DataView(segment.buffer, segment.byteOffset, segment.length);
        const moof = segment.indexOf('moof') - 4;
        const fragment = view.getUint32(moof) + view.getUint32(moof + view.getUint32(moof));
        const sidx = boxesAt(segment, 'sidx')[0]?.content ?? new Uint8Array();
        const reference = new DataView(sidx.buffer, sidx.byteOffset + sidx.length - 12).getUint32(0);

        expect(moof + fragment).toBe(segment.length);
        expect(reference).toBe(fragment);
      }
    }
  });

  it.each(['video-360', 'video-720', 'audio-en'])(
    '%s becomes the mezzanine again under its leaf keys',
    async (name) => {
      const mezzanine = firstLightMezzanine();
      const clear = samplesIn(readFileSync(join(mezzanine.directory, `${name}.mp4`)));
      const stream = title.streams.find(({ path }) => path.endsWith(name));
      if (!stream) throw new Error('no such stream');
      const keys = new Map((await leafKeys()).map(({ keyId, key }) => [keyId, key]));
      const decrypted = segmentsOf(folderOf(stream)).map((segment) => decryptSegment(segment, keys));

      expect(readSamples(folderOf(stream)).equals(clear)).toBe(false);
      expect(Buffer.concat(decrypted).equals(clear)).toBe(true);
    },
  );

  it('names the root key in the manifest, for every system, and no leaf key', () => {
    const mpd = readFileSync(join(title.directory, title.path), 'utf8');
    const keyId = keyIdToGuid(title.rootKeyId);
    const boxes = [...mpd.matchAll(/<cenc:pssh>([^<]*)/g)].flatMap(([, base64 = '']) =>
      readPsshBoxes(Buffer.from(base64, 'base64')),
    );

    for (const set of mpd.split('<AdaptationSet').slice(1)) {
      expect(set).toContain(
        `<ContentProtection value="${scheme}" schemeIdUri="urn:mpeg:dash:mp4protection:2011" cenc:default_KID="${keyId}"/>`,
      );
      expect(set).toContain(`schemeIdUri="urn:uuid:${SYSTEM_IDS.clearKeyDash}" value="ClearKey1.0"`);
      expect(set).toContain(`schemeIdUri="urn:uuid:${SYSTEM_IDS.widevine}"`);
      expect(set).toContain(`schemeIdUri="urn:uuid:${SYSTEM_IDS.playready}"`);
    }
    expect(mpd).not.toContain(SYSTEM_IDS.common);
    expect(new Set(boxes.map(({ systemId }) => systemId))).toEqual(
      new Set([SYSTEM_IDS.widevine, SYSTEM_IDS.playready]),
    );
    for (const box of boxes) expect(keyIdsOfPssh(box)).toEqual([title.rootKeyId]);
  });

  it('serves no key', async () => {
    for (const { key } of [await rootKey(), ...(await leafKeys())]) {
      expect(findSecret(title.directory, key)).toEqual([]);
    }
  });
});

describe('packageRotatingTitle', () => {
  it('clears away what a killed process left, when the title is already there', async () => {
    const small = { ...options, outputRoot: join(scratch, 'cleared'), renditions: [234] };
    await packageRotatingTitle(small);
    const old = join(small.outputRoot, '.draft-old-keys-abc');
    mkdirSync(old);
    const twoHoursAgo = Date.now() / 1000 - 7200;
    utimesSync(old, twoHoursAgo, twoHoursAgo);
    await packageRotatingTitle(small);

    expect(readdirSync(small.outputRoot)).toHaveLength(1);
  });

  it('finds what it packaged before, and keeps other ways of packaging apart', async () => {
    const small = { ...options, outputRoot: join(scratch, 'small'), renditions: [234] };
    const first = await packageRotatingTitle(small);
    expect(await packageRotatingTitle(small)).toEqual(first);
    expect(readdirSync(small.outputRoot)).toHaveLength(1);

    const other = await packageRotatingTitle({ ...small, periodSeconds: 16 });
    expect(other.directory).not.toBe(first.directory);
    expect(new Set(other.streams[1]?.keyIds).size).toBe(4);
    expect(other.streams.map(({ path }) => path)).toEqual([
      'media/video-234',
      'media/audio-en',
      'media/audio-es',
    ]);
  });

  it.each([
    ['a period of less than a segment', { periodSeconds: 3 }],
    ['a period of half seconds', { periodSeconds: 8.5 }],
    ['a rendition that the film does not have', { renditions: [1080] }],
    ['a short seed', { keySeed: new Uint8Array(29) }],
  ])('refuses %s', async (_, wrong) => {
    await expect(packageRotatingTitle({ ...options, ...wrong })).rejects.toMatchObject({
      code: 'invalid-options',
    });
  });

  it('publishes nothing when aborted once Packager is done', async () => {
    const outputRoot = join(scratch, 'stopped');
    mkdirSync(outputRoot);
    const controller = new AbortController();
    // The folder with Packager's keys goes when it has ended.
    const watcher = watch(outputRoot, (_, name) => {
      const isDone = name?.includes('-keys-') && !existsSync(join(outputRoot, name));
      if (isDone) controller.abort(new Error('stopped'));
    });

    const packaged = packageRotatingTitle({ ...options, outputRoot, signal: controller.signal });
    await expect(packaged.finally(() => watcher.close())).rejects.toThrow('stopped');
    expect(readdirSync(outputRoot)).toEqual([]);
  });

  it('does not start once aborted', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(packageRotatingTitle({ ...options, id: 'aborted', signal })).rejects.toThrow('too late');
  });
});
