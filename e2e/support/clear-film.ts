import { execFile } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { firstLightMezzanine } from '@secure-player/packaging';

/** The height of the one rendition. */
export const CLEAR_HEIGHT = 234;

const SYSTEMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'osx', win32: 'win' };
const SECRET = { key: Buffer.alloc(16, 0x5e), iv: Buffer.alloc(16, 0x11) };

/** Files by their paths; manifests are `manifest.mpd` and `master.m3u8`. */
export type FilmFiles = Readonly<Record<string, Uint8Array>>;

/** The film without protection, which no server of the tests has. */
export async function packageClearFilm(): Promise<FilmFiles> {
  const { directory } = firstLightMezzanine();
  const folder = await mkdtemp(join(tmpdir(), 'clear-film-'));
  const toStream = (name: string, file: string, type: string, rest = '') =>
    `in=${join(directory, file)},stream=${type},init_segment=${name}/init.mp4,segment_template=${name}/$Number$.m4s,playlist_name=${name}.m3u8${rest}`;

  try {
    await promisify(execFile)(
      packagerProgram(),
      [
        toStream('video', `video-${CLEAR_HEIGHT}.mp4`, 'video'),
        toStream('audio', 'audio-en.mp4', 'audio', ',hls_group_id=audio'),
        ...['--hls_master_playlist_output', 'master.m3u8', '--mpd_output', 'manifest.mpd'],
        ...['--segment_duration', '4', '--generate_static_live_mpd'],
      ],
      { cwd: folder },
    );
    const paths = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = paths
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map(
        async (path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), await readFile(path)] as const,
      );
    return Object.fromEntries(await Promise.all(files));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The same film, its segments whole under AES-128; `keys/film` is the key. */
export function encryptByAes128(film: FilmFiles): FilmFiles {
  const line = `#EXT-X-KEY:METHOD=AES-128,URI="keys/film",IV=0x${SECRET.iv.toString('hex')}`;
  const files = Object.entries(film).map(([path, bytes]) => {
    if (path.endsWith('.m4s')) return [path, encrypt(bytes)] as const;
    if (!path.endsWith('.m3u8') || path === 'master.m3u8') return [path, bytes] as const;

    // The init segment stands before the key's line, and is not encrypted.
    const text = Buffer.from(bytes)
      .toString()
      .replace(/(#EXT-X-MAP.*\n)/, `$1${line}\n`);
    return [path, Buffer.from(text)] as const;
  });

  return { ...Object.fromEntries(files), 'keys/film': SECRET.key };
}

function encrypt(bytes: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-128-cbc', SECRET.key, SECRET.iv);
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

function packagerProgram(): string {
  const installed = dirname(createRequire(import.meta.url).resolve('shaka-packager/package.json'));
  const name = `packager-${SYSTEMS[platform()]}-${arch()}${platform() === 'win32' ? '.exe' : ''}`;

  return join(installed, 'bin', name);
}
