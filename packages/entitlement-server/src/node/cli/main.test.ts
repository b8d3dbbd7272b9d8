import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { KEY_SEED, mediaFolder } from '../../testing/setup.js';
import { hashPassword } from '../password.js';
import { CliProcess } from '../testing/cli-process.js';

const BODY = JSON.stringify({ username: 'ann', password: 'secret-of-ann' });

async function start(drainSeconds: number): Promise<CliProcess> {
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
  const folder = await mediaFolder({ 'config.json': JSON.stringify(configuration) });
  return CliProcess.start(join(folder, 'config.json'), {
    KEY_SEED: Buffer.from(KEY_SEED).toString('base64'),
    HASH: await hashPassword('secret-of-ann', { cost: { N: 16, r: 1, p: 1 } }),
  });
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

test(
  'SIGTERM ends the process when the answers under way are out, and not before',
  { timeout: 60_000 },
  async () => {
    const server = await start(1);
    const idle = connect(server.port, '127.0.0.1');
    const idleEnded = once(idle.resume(), 'close');
    const { socket, answer } = await beginLogin(server.port);
    expect(await server.statusOf('/readyz')).toBe(200);

    const ended = server.end('SIGTERM');
    await server.until('/readyz', 503);
    expect(await server.statusOf('/healthz')).toBe(200);
    await server.until('/healthz', 'refused');
    await idleEnded;
    expect(server.hasExited).toBe(false);

    socket.write(BODY.slice(10));
    expect(await answer).toMatch(/HTTP\/1\.1 200 [\s\S]*connection: close[\s\S]*"token":/i);
    expect(await ended).toEqual([0, null]);
  },
);
