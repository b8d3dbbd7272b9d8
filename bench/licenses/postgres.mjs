// A PostgreSQL for a benchmark: as it comes, with every commit flushed to the disk, in a temporary folder.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

const DEBIAN = '/usr/lib/postgresql';

/** Starts one. Needs Debian's `postgresql`. */
export async function startPostgres() {
  const binaries = join(DEBIAN, newestVersion(), 'bin');
  const user = serverUser();
  const folder = mkdtempSync(join(tmpdir(), 'secure-player-bench-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C'],
    {
      cwd: folder,
      ...user,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );

  const settings = ['-c', 'listen_addresses=', '-c', `unix_socket_directories=${folder}`];
  const server = spawn(join(binaries, 'postgres'), ['-D', data, ...settings], {
    cwd: folder,
    ...user,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of createInterface({ input: server.stderr })) {
    if (line.includes('ready to accept connections')) break;
  }
  server.stderr.resume();

  return {
    url: `postgres://postgres@${encodeURIComponent(folder)}/postgres`,
    async stop() {
      const exited = once(server, 'exit');
      server.kill('SIGINT');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function newestVersion() {
  const [newest] = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
  if (newest === undefined) throw new Error('There is no PostgreSQL: install Debian’s `postgresql`.');
  return newest;
}

/** PostgreSQL refuses to run as root. */
function serverUser() {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (/** @type {string} */ flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
