import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, onTestFinished, test } from 'vitest';

import { KEY_SEED } from '../../testing/setup.js';
import { hashPassword } from '../password.js';

/** As it is built: what a signal does to a process cannot be tried within one. `npm test` builds first. */
const PROGRAM = fileURLToPath(new URL('../../../dist/node/cli/main.js', import.meta.url));
const BODY = JSON.stringify({ username: 'ann', password: 'secret-of-ann' });

async function start(drainSeconds: number): Promise<{ child: ChildProcess; port: number }> {
  expect(existsSync(PROGRAM), 'the package is built').toBe(true);
  const folder = await mkdtemp(join(tmpdir(), 'entitlement-cli-'));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  const account = { id: 'a', username: 'ann', name: 'Ann', plan: 'basic', passwordHash: { env: 'HASH' } };
  // JSON is YAML.
  const configuration = {
    port: 0,
    mediaRoot: 'media',
    store: { folder: 'data' },
    keySeed: { env: 'KEY_SEED' },
    titles: [],
    accounts: [account],
    shutdown: { drainSeconds, timeoutSeconds: 30 },
  };
  await writeFile(join(folder, 'config.json'), JSON.stringify(configuration));

  const child = spawn(process.execPath, [PROGRAM, '--config', join(folder, 'config.json')], {
    env: {
      KEY_SEED: Buffer.from(KEY_SEED).toString('base64'),
      HASH: await hashPassword('secret-of-ann', { cost: { N: 16, r: 1, p: 1 } }),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: Number(/:(\d+)\n/.exec(line.toString())?.[1]) };
}

/** A login whose body has not all arrived. */
async function beginLogin(port: number): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => (received += chunk.toString()));
  const answer = once(socket, 'close').then(() => received);
  const headers = `Content-Type: application/json\r\nContent-Length: ${BODY.length}\r\nExpect: 100-continue`;
  socket.write(`POST /v1/login HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n`);
  // Node says so when it has handed the request over.
  await once(socket, 'data');
  socket.write(BODY.slice(0, 10));
  return { socket, answer };
}

async function statusOf(port: number, path: string): Promise<number | 'refused'> {
  try {
    return (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  } catch {
    return 'refused';
  }
}

async function until(port: number, path: string, status: number | 'refused'): Promise<void> {
  while ((await statusOf(port, path)) !== status);
}

test(
  'SIGTERM ends the process when the answers under way are out, and not before',
  { timeout: 60_000 },
  async () => {
    const { child, port } = await start(1);
    const exited = once(child, 'exit');
    const idle = connect(port, '127.0.0.1');
    const idleEnded = once(idle.resume(), 'close');
    const { socket, answer } = await beginLogin(port);
    expect(await statusOf(port, '/readyz')).toBe(200);

    child.kill('SIGTERM');
    await until(port, '/readyz', 503);
    expect(await statusOf(port, '/healthz')).toBe(200);
    await until(port, '/healthz', 'refused');
    await idleEnded;
    expect(child.exitCode).toBeNull();

    socket.write(BODY.slice(10));
    expect(await answer).toMatch(/HTTP\/1\.1 200 [\s\S]*connection: close[\s\S]*"token":/i);
    expect(await exited).toEqual([0, null]);
  },
);
