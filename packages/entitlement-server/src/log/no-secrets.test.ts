import { deriveContentKey } from '@secure-player/protocol';
import { expect, onTestFinished, test, vi } from 'vitest';

import { DEMO_PASSWORD, demoAccounts } from '../accounts/demo-accounts.js';
import { serve } from '../node/serve.js';
import {
  FILM_KEYS,
  KEY_SEED,
  TRAILER_KEYS,
  UNKNOWN_KEY,
  bearer,
  licenseBody,
  mediaFolder,
  setup,
  type TestServer,
} from '../testing/setup.js';
import { keySpellings, spellings, type Needle } from '../testing/secret-spellings.js';
import { CONTENT_TYPES, SYSTEMS, createDevice, requestFor } from '../testing/virtual-device.js';
import { writeJsonLog } from '../node/json-log.js';
import type { LogEntry } from './log-entry.js';

/** Passwords of three accounts are hashed in it, and three systems' messages sealed. */
const LONG = { timeout: 60_000 };

/** Everything that leaves the process by a log: what the hook got, and the raw bytes of both standard streams. */
interface Output {
  readonly entries: LogEntry[];
  written(): Buffer;
  /** Both together. */
  all(): Buffer;
}

test('a search through the log finds a planted key in every spelling, so that it would find a real one', async () => {
  const output = capture();
  const key = await deriveContentKey(KEY_SEED, FILM_KEYS.HD);
  const missed = spellings(key).filter(([, needle]) => {
    const before = output.all().length;
    process.stderr.write(needle);
    return !output.all().subarray(before).includes(needle);
  });
  expect(missed).toEqual([]);
});

test('the default log is one JSON line per entry on stderr', async () => {
  const output = capture();
  await setup({ log: undefined }).get('/healthz');
  const lines = output.written().toString().trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      event: 'request',
      level: 'info',
      time: expect.any(Number),
      method: 'GET',
      route: '/healthz',
      status: 200,
      durationMs: 0,
    },
  ]);
});

test('no key, license byte, token, session id or password is in anything the server logs', LONG, async () => {
  const output = capture();
  const secrets = await liveThroughEverything(output);

  const log = output.all();
  expect(output.entries.some(({ event }) => event === 'license')).toBe(true);
  expect(output.entries.some(({ event }) => event === 'fault')).toBe(true);
  expect(log.length).toBeGreaterThan(2000);
  const found = secrets.filter(([, needle]) => log.includes(needle)).map(([name]) => name);
  expect(found).toEqual([]);
});

/** Sends a request and gives the answer as text. */
type Call = (
  method: string,
  path: string,
  token?: string,
  body?: string | Uint8Array<ArrayBuffer>,
  type?: string,
) => Promise<string>;

/** Success and failure on every route, over a real connection; gives every secret that went through it. */
async function liveThroughEverything(output: Output): Promise<Needle[]> {
  let randomFails = false;
  const server = setup({
    logLevel: 'debug',
    virtualKeySystems: true,
    mediaRoot: await mediaFolder({ 'film-v1/dash/1.m4s': 'segment' }),
    random: (length) => {
      if (randomFails) throw new Error(`Broken while it served ${[...secretTexts].join(' ')}`);
      return crypto.getRandomValues(new Uint8Array(length));
    },
    log: (entry) => {
      output.entries.push(entry);
      writeJsonLog(entry);
    },
  });
  const secretTexts = new Set<string>([`"${DEMO_PASSWORD}"`, 'wrong-password-77', 'stray-token-77']);
  const { url, close } = await serve({ server });
  onTestFinished(close);
  const licenses: Buffer[] = [];

  const call: Call = async (method, path, token, body, type = 'application/json') => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...bearer(token ?? null), ...(body === undefined ? {} : { 'Content-Type': type }) },
      ...(body === undefined ? {} : { body }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (path.startsWith('/license') && response.ok) licenses.push(bytes);
    return bytes.toString();
  };
  const remember = (text: string, member: string): string => {
    const value = (JSON.parse(text) as Record<string, string>)[member] ?? '';
    secretTexts.add(value);
    return value;
  };

  for (const { username } of demoAccounts()) {
    const credentials = JSON.stringify({ username, password: DEMO_PASSWORD });
    const token = remember(await call('POST', '/v1/login', undefined, credentials), 'token');
    await call('GET', '/v1/me', token);
    await call('GET', `/v1/entitlements/film?token=${token}`, token);
    const request = (contentId: string): string => JSON.stringify({ contentId, intent: 'play' });
    remember(await call('POST', '/v1/playback-sessions', token, request('film')), 'id');
    const id = remember(await call('POST', '/v1/playback-sessions', token, request('trailer')), 'id');
    await call(
      'POST',
      `/license/clearkey?session=${id}`,
      token,
      licenseBody(Object.values(TRAILER_KEYS)),
      'text/plain',
    );
    await call('POST', '/license/clearkey', token, licenseBody(Object.values(FILM_KEYS)));
    await call('POST', '/license/clearkey', token, licenseBody([UNKNOWN_KEY]));
    await call('POST', `/license/widevine?session=${id}`, token, licenseBody([UNKNOWN_KEY]));
    // Once is enough: what is in it does not depend on the account, and the cryptography takes its time.
    if (username === 'premium') await sendFromVirtualDevices(server, id, token, call);
    await call('PUT', `/v1/playback-sessions/${id}`, token);
    await call('GET', `/v1/playback-sessions/${id}`, token);
    await call('DELETE', `/v1/playback-sessions/${id}`, token);
    await call('POST', `/license/clearkey?session=${id}`, token, '{"kids":');
    await call('GET', `/nothing/${token}/${id}`, token);
    await call('GET', `/media/film-v1/dash/1.m4s?session=${id}`, token);
    await call('GET', `/media/film-v1/${token}.mp4`, token);
    await call('POST', '/v1/logout', token);
    await call('GET', '/v1/me', token);
  }
  await call('GET', '/v1/me', 'stray-token-77');
  await call('POST', '/v1/login', undefined, '{"username":"premium","password":"wrong-password-77"}');
  await call('POST', '/v1/login', undefined, '{"username":"premium","password":"wrong-password-77');
  await call('POST', '/v1/login', undefined, '"wrong-password-77"'.padEnd(20_000));
  randomFails = true;
  await call(
    'POST',
    '/v1/login',
    undefined,
    JSON.stringify({ username: 'premium', password: DEMO_PASSWORD }),
  );

  // Clear Key's of the trailer and, for those who may, of the film; and both of each virtual key system.
  expect(licenses).toHaveLength(5 + 2 * SYSTEMS.length);
  const secrets = [...secretTexts]
    .filter((text) => text !== '')
    .map((text): Needle => [text, Buffer.from(text)]);
  // Three that are planted, three tokens, three sessions of the trailer and two of the film.
  expect(secrets).toHaveLength(3 + 3 + 3 + 2);
  for (const keyId of [...Object.values(FILM_KEYS), ...Object.values(TRAILER_KEYS)])
    secrets.push(...(await keySpellings(keyId)));
  secrets.push(...spellings(KEY_SEED).map(([name, needle]): Needle => [`key seed, ${name}`, needle]));
  return [...secrets, ...licenses.map((license): Needle => ['license', license])];
}

async function sendFromVirtualDevices(
  server: TestServer,
  session: string,
  token: string,
  call: Call,
): Promise<void> {
  for (const system of SYSTEMS) {
    const device = await createDevice({ system, server });
    const post = async (body: Uint8Array<ArrayBuffer>, query = '') =>
      call('POST', `/license/${system}${query}`, token, body, CONTENT_TYPES[system]);
    const trailer = await device.seal(requestFor(Object.values(TRAILER_KEYS), { sessionId: session }));

    await post(trailer, `?session=${session}`);
    await post(await device.seal(requestFor(Object.values(FILM_KEYS))));
    await post(await device.seal(requestFor([UNKNOWN_KEY])));
    await post(trailer.fill(7, 40, 60));
    await call('GET', `/certificate/${system}?session=${session}`, token);
  }
}

function capture(): Output {
  const entries: LogEntry[] = [];
  const written: Buffer[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(Buffer.from(chunk as string));
      return true;
    });
    onTestFinished(() => spy.mockRestore());
  }
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const spy = vi.spyOn(console, name).mockImplementation((...values: unknown[]) => {
      written.push(Buffer.from(values.map(String).join(' ')));
    });
    onTestFinished(() => spy.mockRestore());
  }
  return {
    entries,
    written: () => Buffer.concat(written),
    all: () => Buffer.concat([Buffer.from(JSON.stringify(entries)), ...written]),
  };
}
