import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findPsshBoxes,
  keyIdsOfPssh,
  keyIdToGuid,
  readTrackEncryption,
  SYSTEM_IDS,
} from '@secure-player/protocol';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { deriveTitleKeys, type TitleKey } from '../keys/title-keys.js';
import { firstLightMezzanine } from '../mezzanine/first-light.js';
import { decryptSamples, readSamples, samplesIn, segmentsOf } from '../testing/decrypt-stream.js';
import { findSecret, spellingsOf } from '../testing/find-secret.js';
import { TEST_KEY_SEED } from '../testing/key-seed.js';
import { boxesAt } from '../testing/mp4-boxes.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { packageTitle } from './package-title.js';
import type { PackagedTitle } from './packaged-title.js';

const STREAMS = [
  ['video-234', 'SD'],
  ['video-360', 'SD'],
  ['video-720', 'HD'],
  ['audio-en', 'AUDIO'],
  ['audio-es', 'AUDIO'],
] as const;
const FORMATS = [
  ['dash', 'cenc'],
  ['hls', 'cbcs'],
] as const;
const CASES = FORMATS.flatMap(([folder, scheme]) =>
  STREAMS.map(([name, label]) => ({ folder, scheme, name, label })),
);

// Packager's runs are short, yet a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const scratch = temporaryFolder();
let title: PackagedTitle;
let keys: TitleKey[];

beforeAll(async () => {
  const outputRoot = join(scratch, 'titles');
  title = await packageTitle({ id: 'first-light', outputRoot, keySeed: TEST_KEY_SEED });
  keys = await deriveTitleKeys('first-light', ['AUDIO', 'SD', 'HD'], TEST_KEY_SEED);
}, 60_000);

const pathOf = (...parts: string[]): string => join(title.directory, ...parts);
const readText = (path: string): string => readFileSync(pathOf(path), 'utf8');

describe('protected segments', () => {
  it.each(CASES)('$folder/$name is encrypted as $scheme under the $label key', (stream) => {
    const init = readFileSync(pathOf(stream.folder, stream.name, 'init.mp4'));
    expect(readTrackEncryption(init)).toEqual([
      expect.objectContaining({
        scheme: stream.scheme,
        isProtected: true,
        defaultKeyId: title.keyIds[stream.label],
      }),
    ]);
  });

  it.each(CASES)('$folder/$name names its key to every system', (stream) => {
    const keyId = title.keyIds[stream.label] ?? '';
    const boxes = findPsshBoxes(readFileSync(pathOf(stream.folder, stream.name, 'init.mp4')));
    const keyIds = Object.fromEntries(boxes.map((box) => [box.systemId, keyIdsOfPssh(box)]));

    expect(keyIds[SYSTEM_IDS.widevine]).toContain(keyId);
    expect(keyIds[SYSTEM_IDS.playready]).toContain(keyId);
    // FairPlay has no cenc.
    expect(keyIds[SYSTEM_IDS.fairplay]).toEqual(stream.scheme === 'cbcs' ? [keyId] : undefined);
    expect(boxes).toHaveLength(stream.scheme === 'cbcs' ? 3 : 2);
  });

  it.each(CASES)('$folder/$name has no clear lead', ({ folder, name }) => {
    const segments = segmentsOf(pathOf(folder, name));
    expect(segments).toHaveLength(16);

    for (const segment of segments) {
      expect(boxesAt(segment, 'moof', 'traf').length).toBeGreaterThan(0);
      // A clear fragment in a protected track would say so in a sample group of its own.
      expect(boxesAt(segment, 'moof', 'traf', 'sgpd')).toEqual([]);
    }
  });

  // cbcs audio has a constant vector and whole samples: nothing is left to say for each sample.
  it.each(CASES.filter(({ folder, name }) => folder === 'dash' || name.startsWith('video')))(
    '$folder/$name says for every fragment how its samples are encrypted',
    ({ folder, name }) => {
      for (const segment of segmentsOf(pathOf(folder, name))) {
        const fragments = boxesAt(segment, 'moof', 'traf').length;
        expect(boxesAt(segment, 'moof', 'traf', 'senc')).toHaveLength(fragments);
        expect(boxesAt(segment, 'moof', 'traf', 'saiz')).toHaveLength(fragments);
      }
    },
  );

  it.each([
    { folder: 'dash', name: 'audio-en', kind: 'audio', index: 0 },
    { folder: 'hls', name: 'audio-es', kind: 'audio', index: 0 },
    { folder: 'dash', name: 'video-720', kind: 'video', index: 2 },
    { folder: 'hls', name: 'video-234', kind: 'video', index: 1 },
  ] as const)(
    '$folder/$name becomes the mezzanine again under the derived key',
    async ({ folder, name, kind, index }) => {
      const mezzanine = firstLightMezzanine();
      const clear = samplesIn(readFileSync(join(mezzanine.directory, `${name}.mp4`)));
      const streamFolder = pathOf(folder, name);
      const [key] = keys.slice(index);
      if (key === undefined) throw new Error('no key');

      expect(readSamples(streamFolder).equals(clear)).toBe(false);
      expect((await decryptSamples(streamFolder, kind, key, scratch)).equals(clear)).toBe(true);
    },
  );

  it('leaves none of the mezzanine’s first samples in the clear', () => {
    const { directory } = firstLightMezzanine();
    for (const { folder, name } of CASES) {
      const clear = samplesIn(readFileSync(join(directory, `${name}.mp4`)));
      const encrypted = readSamples(pathOf(folder, name));
      // Past the NAL headers, but well inside the first picture or the first sound.
      expect(encrypted.includes(clear.subarray(1_200, 1_500))).toBe(false);
    }
  });
});

describe('secrets', () => {
  it('are found in any spelling when planted, and nowhere in a served title', () => {
    for (const { label, key } of keys) {
      const planted = join(scratch, `planted-${label}`);
      mkdirSync(planted);
      const spellings = Object.entries(spellingsOf(key));
      const manifest = readFileSync(pathOf('dash', 'manifest.mpd'));
      for (const [index, [, bytes]] of spellings.entries()) {
        writeFileSync(join(planted, `${index}`), Buffer.concat([manifest, bytes, manifest]));
      }

      expect(findSecret(planted, key)).toEqual(
        expect.arrayContaining(spellings.map(([name], index) => `${index}: ${name}`)),
      );
      expect(findSecret(title.directory, key)).toEqual([]);
    }
  });

  it('do not include the key seed', () => {
    expect(findSecret(title.directory, TEST_KEY_SEED.slice(0, 16))).toEqual([]);
  });
});

describe('DASH manifests', () => {
  it.each([
    ['dash/manifest.mpd', 'cenc', false],
    ['hls/manifest-cbcs.mpd', 'cbcs', true],
  ] as const)('%s signals every system for every protected set', (path, scheme, hasFairPlay) => {
    const sets = readText(path).split('<AdaptationSet').slice(1);
    const protectedSets = sets.filter((set) => !set.includes('contentType="text"'));
    const labels = ['SD', 'HD', 'AUDIO', 'AUDIO'] as const;

    expect(protectedSets).toHaveLength(labels.length);
    for (const [index, set] of protectedSets.entries()) {
      const label = labels[index] ?? 'SD';
      const keyId = keyIdToGuid(title.keyIds[label] ?? '');
      expect(set).toContain(
        `<ContentProtection value="${scheme}" schemeIdUri="urn:mpeg:dash:mp4protection:2011" cenc:default_KID="${keyId}"/>`,
      );
      expect(set).toContain(
        `schemeIdUri="urn:uuid:${SYSTEM_IDS.clearKeyDash}" value="ClearKey1.0" cenc:default_KID="${keyId}"`,
      );
      expect(set).toContain(`urn:uuid:${SYSTEM_IDS.widevine}`);
      expect(set).toContain(`urn:uuid:${SYSTEM_IDS.playready}`);
      expect(set.includes(`urn:uuid:${SYSTEM_IDS.fairplay}`)).toBe(hasFairPlay);
    }
  });

  it.each(['dash/manifest.mpd', 'hls/manifest-cbcs.mpd'])('%s lets SD and HD name each other', (path) => {
    const [sd, hd, audio] = readText(path).split('<AdaptationSet').slice(1);
    const switching = (value: string): string => `adaptation-set-switching:2016" value="${value}"`;

    expect(sd).toContain(' id="0"');
    expect(sd).toContain(switching('1'));
    expect(hd).toContain(' id="1"');
    expect(hd).toContain(switching('0'));
    expect(audio).not.toContain('adaptation-set-switching');
  });

  it.each(['dash/manifest.mpd', 'hls/manifest-cbcs.mpd'])(
    '%s leaves the license URL to the application',
    (path) => expect(readText(path)).not.toMatch(/laurl/i),
  );
});

describe('HLS playlists', () => {
  it.each(STREAMS)('%s has one line for each of three systems, and none for identity', (name, label) => {
    const keyId = title.keyIds[label] ?? '';
    const lines = readText(`hls/${name}.m3u8`)
      .split('\n')
      .filter((line) => line.startsWith('#EXT-X-KEY'));
    const formats = lines.map((line) => /KEYFORMAT="([^"]*)"/.exec(line)?.[1]);

    expect(new Set(formats)).toEqual(
      new Set([
        'com.apple.streamingkeydelivery',
        'com.microsoft.playready',
        `urn:uuid:${SYSTEM_IDS.widevine}`,
      ]),
    );
    expect(formats).toHaveLength(3);
    expect(lines.every((line) => line.includes('METHOD=SAMPLE-AES,'))).toBe(true);
    expect(lines.find((line) => line.includes('apple'))).toContain(`URI="skd://${keyId}"`);
    expect(lines.find((line) => line.includes('edef8ba9'))).toContain(`KEYID=0x${keyId}`);
  });

  it('mark no playlist as clear', () => {
    const playlists = readdirSync(pathOf('hls')).filter((name) => name.endsWith('.m3u8'));
    for (const name of playlists) expect(readText(`hls/${name}`)).not.toContain('METHOD=NONE');
  });
});
