import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { firstLightMezzanine } from '../mezzanine/first-light.js';
import type { Mezzanine } from '../mezzanine/mezzanine.js';
import { TEST_KEY_SEED } from '../testing/key-seed.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { packageTitle, type PackageTitleOptions } from './package-title.js';
import type { PackagedTitle } from './packaged-title.js';

// Packager's runs are short, yet a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const scratch = temporaryFolder();
let roots = 0;

/** The film with one rendition's worth of work: what is tested on it does not depend on its size. */
const shortMezzanine: Mezzanine = {
  ...firstLightMezzanine(),
  audio: firstLightMezzanine().audio.slice(0, 1),
  subtitles: firstLightMezzanine().subtitles.slice(0, 1),
};

/** Options for a small title, in a folder of its own. */
function setup(options: Partial<PackageTitleOptions> = {}): PackageTitleOptions {
  roots += 1;
  const outputRoot = join(scratch, `root-${roots}`);
  return {
    id: 'preview',
    outputRoot,
    keySeed: TEST_KEY_SEED,
    mezzanine: shortMezzanine,
    renditions: [234],
    ...options,
  };
}

describe('a packaged title', () => {
  let title: PackagedTitle;
  beforeAll(async () => {
    title = await packageTitle(setup({ id: 'first-light', mezzanine: undefined, renditions: undefined }));
  }, 60_000);
  const readText = (path: string): string => readFileSync(join(title.directory, path), 'utf8');

  it('describes itself, in the result and in title.json', () => {
    const { directory, ...document } = title;
    expect(JSON.parse(readFileSync(join(directory, 'title.json'), 'utf8'))).toEqual(document);
    expect(document).toMatchObject({
      id: 'first-light',
      durationSeconds: 64,
      renditions: [
        { width: 416, height: 234, keyLabel: 'SD' },
        { width: 640, height: 360, keyLabel: 'SD' },
        { width: 1280, height: 720, keyLabel: 'HD' },
      ],
    });
  });

  it('has every file that it names', () => {
    const { streams, poster, thumbnails, subtitles } = title;
    const paths = [...streams, ...subtitles].map(({ path }) => path);
    for (const path of [...paths, poster, thumbnails, 'thumbnails.jpg']) {
      expect(statSync(join(title.directory, path)).size).toBeGreaterThan(100);
    }
  });

  it('refers to its files by relative URLs only, and all of them exist', () => {
    const playlists = readdirSync(join(title.directory, 'hls')).filter((name) => name.endsWith('.m3u8'));
    for (const name of playlists) {
      const uris = readText(`hls/${name}`)
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#EXT-X-KEY'))
        .flatMap((line) => (line.startsWith('#') ? (/URI="([^"]*)"/.exec(line)?.[1] ?? []) : line));
      expect(uris.length).toBeGreaterThan(4);
      for (const uri of uris) expect(statSync(join(title.directory, 'hls', uri)).isFile()).toBe(true);
    }
    for (const path of ['dash/manifest.mpd', 'hls/manifest-cbcs.mpd']) {
      const [, ...templates] = readText(path).split('<SegmentTemplate');
      expect(templates).toHaveLength(7);
      for (const template of templates) {
        const init = /initialization="([^"]*)"/.exec(template)?.[1] ?? '';
        const media = (/media="([^"]*)"/.exec(template)?.[1] ?? '').replace('$Number$', '16');
        const folder = join(title.directory, dirname(path));
        expect([statSync(join(folder, init)).isFile(), statSync(join(folder, media)).isFile()]).toEqual([
          true,
          true,
        ]);
      }
      expect(readText(path)).not.toContain('<BaseURL');
    }
  });

  it('offers English first, then Spanish, in sound and subtitles', () => {
    const master = readText('hls/master.m3u8')
      .split('\n')
      .filter((line) => line.startsWith('#EXT-X-MEDIA'));
    expect(
      master.map((line) => /TYPE=(\w+).*LANGUAGE="(\w+)",NAME="([^"]+)",DEFAULT=(\w+)/.exec(line)?.slice(1)),
    ).toEqual([
      ['AUDIO', 'en', 'English', 'YES'],
      ['AUDIO', 'es', 'Español', 'NO'],
      ['SUBTITLES', 'en', 'English', 'NO'],
      ['SUBTITLES', 'es', 'Español', 'NO'],
    ]);

    for (const path of ['dash/manifest.mpd', 'hls/manifest-cbcs.mpd']) {
      const languages = [...readText(path).matchAll(/contentType="(\w+)" lang="(\w+)"/g)];
      expect(languages.map(([, type, language]) => `${type} ${language}`)).toEqual([
        'audio en',
        'audio es',
        'text en',
        'text es',
      ]);
    }
  });

  it('tells codecs, size and independence of its variants', () => {
    const master = readText('hls/master.m3u8');
    const variants = [
      ...master.matchAll(
        /#EXT-X-STREAM-INF:.*CODECS="([^"]+)",RESOLUTION=(\d+x\d+).*AUDIO="audio",SUBTITLES="text"/g,
      ),
    ];

    expect(variants.map(([, codecs, resolution]) => [codecs, resolution])).toEqual([
      [expect.stringMatching(/^avc1\.4d40\w\w,mp4a\.40\.2$/), '416x234'],
      [expect.stringMatching(/^avc1\.4d40\w\w,mp4a\.40\.2$/), '640x360'],
      [expect.stringMatching(/^avc1\.6400\w\w,mp4a\.40\.2$/), '1280x720'],
    ]);
    expect(master).toContain('#EXT-X-INDEPENDENT-SEGMENTS');
  });

  it('has video segments of exactly four seconds', () => {
    const durations = [...readText('hls/video-720.m3u8').matchAll(/#EXTINF:([\d.]+)/g)];
    expect(durations.map(([, seconds]) => Number(seconds))).toEqual(Array.from({ length: 16 }, () => 4));
  });
});

describe('packageTitle', () => {
  it('makes a preview with SD only, and no HD key', async () => {
    const title = await packageTitle(setup({ renditions: [360, 234] }));

    expect(Object.keys(title.keyIds)).toEqual(['AUDIO', 'SD']);
    expect(title.renditions.map(({ height }) => height)).toEqual([234, 360]);
    expect(readdirSync(join(title.directory, 'dash'))).not.toContain('video-720');
  });

  it('finds its own work the second time', async () => {
    const options = setup();
    const first = await packageTitle(options);
    const made = statSync(join(first.directory, 'title.json')).mtimeMs;
    const messages: string[] = [];

    const second = await packageTitle({ ...options, onProgress: ({ message }) => messages.push(message) });

    expect(second).toEqual(first);
    expect(messages).toEqual(['Already packaged']);
    expect(statSync(join(second.directory, 'title.json')).mtimeMs).toBe(made);
  });

  it('packages again when the seed, the renditions or a byte of the mezzanine changes', async () => {
    const options = setup();
    const directory = join(scratch, 'changed-mezzanine');
    cpSync(firstLightMezzanine().directory, directory, { recursive: true });
    appendFileSync(join(directory, 'subtitles-en.vtt'), '\nNOTE changed\n');
    const titles = [
      await packageTitle(options),
      await packageTitle({ ...options, keySeed: TEST_KEY_SEED.map((byte) => byte ^ 1) }),
      await packageTitle({ ...options, renditions: [360] }),
      await packageTitle({ ...options, mezzanine: { ...shortMezzanine, directory } }),
    ];

    expect(new Set(titles.map((title) => title.directory)).size).toBe(titles.length);
  });

  it('does not mistake where the mezzanine lies for a change', async () => {
    const options = setup();
    const directory = join(scratch, 'moved-mezzanine');
    cpSync(firstLightMezzanine().directory, directory, { recursive: true });
    const title = await packageTitle(options);
    const moved = await packageTitle({ ...options, mezzanine: { ...shortMezzanine, directory } });

    expect(moved.directory).toBe(title.directory);
  });

  it('ends in one folder when called twice at once', async () => {
    const options = setup();
    const [one, other] = await Promise.all([packageTitle(options), packageTitle(options)]);

    expect(one).toEqual(other);
    expect(readdirSync(options.outputRoot)).toHaveLength(1);
  });

  it('does not take a folder without title.json for a title', async () => {
    const options = setup();
    const { directory } = await packageTitle(options);
    rmSync(join(directory, 'title.json'));
    rmSync(join(directory, 'hls'), { recursive: true });

    const again = await packageTitle(options);

    expect(again.directory).toBe(directory);
    expect(readdirSync(directory)).toEqual(expect.arrayContaining(['hls', 'title.json']));
  });

  it('clears away what a killed process left, and nothing younger', async () => {
    const options = setup();
    const [old, young] = ['.draft-old', '.draft-young'].map((name) => join(options.outputRoot, name));
    for (const folder of [old, young]) mkdirSync(folder ?? '', { recursive: true });
    const twoHoursAgo = Date.now() / 1000 - 7200;
    utimesSync(old ?? '', twoHoursAgo, twoHoursAgo);

    await packageTitle(options);

    const names = readdirSync(options.outputRoot).filter((name) => name.startsWith('.draft-'));
    expect(names).toEqual(['.draft-young']);
  });

  it('leaves what is still written to, however old the folder itself is', async () => {
    const options = setup();
    const draft = join(options.outputRoot, '.draft-long');
    const segments = join(draft, 'dash', 'video-234');
    mkdirSync(segments, { recursive: true });
    const twoHoursAgo = Date.now() / 1000 - 7200;
    utimesSync(draft, twoHoursAgo, twoHoursAgo);
    utimesSync(dirname(segments), twoHoursAgo, twoHoursAgo);

    await packageTitle(options);

    expect(readdirSync(options.outputRoot)).toContain('.draft-long');
  });

  // Root may remove everything, and Windows knows no such modes.
  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'does without clearing away what it may not remove',
    async () => {
      const options = setup();
      const old = join(options.outputRoot, '.draft-old');
      mkdirSync(join(old, 'dash'), { recursive: true });
      const twoHoursAgo = Date.now() / 1000 - 7200;
      for (const folder of [join(old, 'dash'), old]) utimesSync(folder, twoHoursAgo, twoHoursAgo);
      chmodSync(old, 0o500);

      try {
        expect(await packageTitle(options)).toMatchObject({ id: options.id });
      } finally {
        chmodSync(old, 0o700);
      }
    },
  );

  it('clears it away, too, when the title is already there', async () => {
    const options = setup();
    await packageTitle(options);
    const old = join(options.outputRoot, '.draft-old');
    mkdirSync(old);
    const twoHoursAgo = Date.now() / 1000 - 7200;
    utimesSync(old, twoHoursAgo, twoHoursAgo);

    await packageTitle(options);

    expect(readdirSync(options.outputRoot)).not.toContain('.draft-old');
  });

  it('reports its progress to the end', async () => {
    const progress: string[] = [];
    await packageTitle(
      setup({ onProgress: ({ completed, total }) => progress.push(`${completed}/${total}`) }),
    );
    expect(progress).toEqual(['0/3', '1/3', '2/3', '3/3']);
  });

  it.each([1, 2])('leaves nothing behind when aborted at step %i', async (step) => {
    const controller = new AbortController();
    const reason = new Error('stopped');
    const options = setup({
      signal: controller.signal,
      onProgress: ({ completed }) => completed === step && controller.abort(reason),
    });

    await expect(packageTitle(options)).rejects.toBe(reason);
    expect(readdirSync(options.outputRoot)).toEqual([]);
  });

  it('says which file of the mezzanine is missing', async () => {
    const options = setup({ mezzanine: { ...shortMezzanine, poster: 'nothing.jpg' } });
    await expect(packageTitle(options)).rejects.toMatchObject({
      name: 'PackagingError',
      code: 'mezzanine-missing',
      message: expect.stringContaining('nothing.jpg'),
    });
  });

  it('says what Packager could not read', async () => {
    const directory = join(scratch, 'broken-mezzanine');
    cpSync(firstLightMezzanine().directory, directory, { recursive: true });
    cpSync(join(directory, 'poster.jpg'), join(directory, 'video-234.mp4'));
    const options = setup({ mezzanine: { ...shortMezzanine, directory } });

    const error = await packageTitle(options).catch((reason: unknown) => reason);

    expect(error).toMatchObject({
      code: 'packager-failed',
      message: expect.stringContaining('video-234.mp4'),
    });
    expect(String(error)).not.toContain(scratch);
    expect(readdirSync(options.outputRoot)).toEqual([]);
  });

  it('says that the output folder cannot be used', async () => {
    const options = setup({ outputRoot: join(firstLightMezzanine().directory, 'poster.jpg') });
    await expect(packageTitle(options)).rejects.toMatchObject({ code: 'storage-failed' });
  });

  it.each([
    ['label', 'label', 'Français, Canada'],
    ['label that would leave the sound in the clear', 'label', 'English,skip_encryption=1'],
    ['language', 'language', 'fr,skip_encryption=1'],
    ['file', 'file', 'audio,en.mp4'],
  ] as const)('refuses a comma in a %s, where it would begin another field', async (_, member, value) => {
    const directory = join(scratch, 'mezzanine-with-commas');
    cpSync(firstLightMezzanine().directory, directory, { recursive: true });
    const audio = shortMezzanine.audio.map((track) => ({ ...track, [member]: value }));
    cpSync(join(directory, 'audio-en.mp4'), join(directory, 'audio,en.mp4'));
    const options = setup({ mezzanine: { ...shortMezzanine, directory, audio } });

    await expect(packageTitle(options)).rejects.toMatchObject({
      code: 'invalid-options',
      message: expect.stringContaining(`\`${member}\``),
    });
    expect(readdirSync(options.outputRoot)).toEqual([]);
  });

  it.each([
    ['an id with a path in it', { id: '../elsewhere' }, '`id`'],
    ['a short key seed', { keySeed: new Uint8Array(29) }, '`keySeed`'],
    ['a rendition that there is not', { renditions: [1080] }, '234, 360, 720'],
    ['HD alone', { renditions: [720] }, 'SD rendition'],
  ])('refuses %s', async (_, options, words) => {
    await expect(packageTitle(setup(options))).rejects.toMatchObject({
      code: 'invalid-options',
      message: expect.stringContaining(words),
    });
  });
});
