import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';

import pg from 'pg';

import { findPostgres } from './postgres-binaries.js';

/** A PostgreSQL for one file of tests. */
export interface PostgresServer {
  /** The URL of a new and empty database. */
  createDatabase(): Promise<string>;
  /** Drops the databases, and stops the server if it is ours. */
  stop(): Promise<void>;
}

/** Why there is no PostgreSQL and its tests are not run; null when there is one, or has to be. */
export function postgresExcuse(): string | null {
  if (process.env['DATABASE_URL']) return null;
  const found = findPostgres();
  return 'missing' in found && found.isExcused ? found.missing : null;
}

/**
 * The server of `DATABASE_URL`, which must let us make databases, else one of our own in a temporary folder, on a socket in
 * that folder. Rejects where there is none, with what to install.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env['DATABASE_URL'];
  if (given) return new DatabaseMaker(new URL(given), async () => {});

  const found = findPostgres();
  if ('missing' in found) throw new Error(found.missing);
  return await startOwn(found.folder);
}

/** Turned off as nothing here has to survive the machine, and the tests are quicker for it. */
const SETTINGS = ['fsync=off', 'full_page_writes=off', 'listen_addresses=', 'max_connections=120'];

async function startOwn(binaries: string): Promise<PostgresServer> {
  const user = serverUser();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'secure-player-postgres-'));
  if (user !== undefined) fs.chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  const options = { cwd: folder, ...user } as const;
  execFileSync(
    path.join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );

  const settings = [...SETTINGS, `unix_socket_directories=${folder}`].flatMap((setting) => ['-c', setting]);
  const server = spawn(path.join(binaries, 'postgres'), ['-D', data, ...settings], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const kill = (): void => void server.kill('SIGQUIT');
  process.once('exit', kill);
  await untilReady(server);
  return new DatabaseMaker(
    new URL(`postgres://postgres@${encodeURIComponent(folder)}/postgres`),
    async () => {
      const exit = once(server, 'exit');
      // Fast shutdown. https://www.postgresql.org/docs/15/server-shutdown.html
      server.kill('SIGINT');
      await exit;
      process.off('exit', kill);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  );
}

/** PostgreSQL refuses to run as root. Debian's package comes with a user for it. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function untilReady(server: ChildProcess): Promise<void> {
  if (server.stderr === null) throw new Error('PostgreSQL has no output.');
  const lines: string[] = [];
  const reader = readline.createInterface({ input: server.stderr });
  await new Promise<void>((resolve, reject) => {
    reader.on('line', (line) => {
      lines.push(line);
      if (line.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${lines.join('\n')}`)));
  });
}

class DatabaseMaker implements PostgresServer {
  readonly #url: URL;
  readonly #stop: () => Promise<void>;
  readonly #made: string[] = [];

  constructor(url: URL, stop: () => Promise<void>) {
    this.#url = url;
    this.#stop = stop;
  }

  async createDatabase(): Promise<string> {
    const name = `secure_player_test_${process.pid}_${Math.random().toString(36).slice(2)}`;
    await this.#run(`create database ${name}`);
    this.#made.push(name);
    const url = new URL(this.#url);
    url.pathname = `/${name}`;
    return url.href;
  }

  async stop(): Promise<void> {
    for (const name of this.#made.splice(0)) await this.#run(`drop database ${name} with (force)`);
    await this.#stop();
  }

  async #run(text: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url.href });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  }
}
