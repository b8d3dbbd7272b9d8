import { once } from 'node:events';
import { connect } from 'node:net';

import { describe, expect, onTestFinished, test } from 'vitest';

import { serve, type RunningServer, type ServeOptions } from './serve.js';
import { mediaFolder, setup } from '../testing/setup.js';

async function start(options: Partial<ServeOptions> = {}): Promise<RunningServer> {
  const running = await serve({ server: setup(), ...options });
  onTestFinished(running.close);
  return running;
}

/** A server whose answer waits until the test lets it go. */
function waiting(): { server: ServeOptions['server']; asked: Promise<void>; answer: () => void } {
  let answer = (): void => undefined;
  let ask = (): void => undefined;
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const fetch = async (): Promise<Response> => {
    ask();
    await answered;
    return new Response('late');
  };
  return { server: { app: { fetch } }, asked, answer: () => answer() };
}

async function exchange(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
  socket.write(request, 'latin1');
  await once(socket, 'close');
  return answer;
}

describe('serving', () => {
  test('takes a free port on this machine only, and says where it is', async () => {
    const [one, two] = [await start(), await start()];
    expect(one.url).toBe(`http://127.0.0.1:${one.port}`);
    expect(one.port).not.toBe(two.port);
    expect(await (await fetch(`${one.url}/healthz`)).json()).toEqual({ status: 'ok' });
  });

  test('leaves the globals of the process alone', async () => {
    const before = [globalThis.Request, globalThis.Response];
    await start();
    expect([globalThis.Request, globalThis.Response]).toEqual(before);
  });

  test('says why it cannot', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toMatchObject({ code: 'address-in-use', field: 'port' });
    await expect(start({ hostname: '192.0.2.1' })).rejects.toMatchObject({
      code: 'address-unavailable',
      field: 'hostname',
    });
  });

  test('sends media over a real connection', async () => {
    const bytes = Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 239);
    const { url } = await start({
      server: setup({ mediaRoot: await mediaFolder({ 'film-v1/1.m4s': bytes }) }),
    });

    const whole = await fetch(`${url}/media/film-v1/1.m4s`);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    const part = await fetch(`${url}/media/film-v1/1.m4s`, { headers: { Range: 'bytes=-5' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 999995-999999/1000000']);
    const head = await fetch(`${url}/media/film-v1/1.m4s`, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe('1000000');
  });

  test.each([
    ['dots', '/media/film-v1/../../secret.mp4', '404'],
    ['encoded dots', '/media/film-v1/%2e%2e/secret.mp4', '404'],
    ['a backslash', '/media/film-v1\\..\\secret.mp4', '400'],
    ['a whole URL', 'http://127.0.0.1/media/film-v1/../secret.mp4', '404'],
    ['a control character', '/media/film-v1/\u0001secret.mp4', '400'],
  ])('serves nothing from outside by %s that no client library would send', async (_case, target, status) => {
    const mediaRoot = await mediaFolder({ 'secret.mp4': 'hunter2', 'film-v1/1.mp4': '' });
    const { port } = await start({ server: setup({ mediaRoot }) });
    const answer = await exchange(port, `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);

    expect(answer.split(' ')[1]).toBe(status);
    expect(answer).toContain('application/problem+json');
    expect(answer).not.toContain('hunter2');
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['an impossible host', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
    ['two lengths', 'POST /v1/login HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    ['a broken length', 'POST /v1/login HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n'],
  ])('answers %s with a problem', async (_case, request) => {
    const { port } = await start();
    const answer = await exchange(port, request);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"invalid-request"');
  });

  test('stops reading a chunked body at the limit', async () => {
    const { port } = await start();
    const chunk = `4000\r\n${' '.repeat(0x4000)}\r\n`;
    const headers = 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close';
    const answer = await exchange(
      port,
      `POST /v1/login HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n${chunk}${chunk}0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"code":"payload-too-large"');
  });
});

test('a reader that stops is not waited for: its connection and what it was reading are let go', async () => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    cancel: () => release(),
  });
  const server: ServeOptions['server'] = { app: { fetch: () => new Response(body) } };
  const { port } = await start({ server, idleTimeoutMs: 50 });
  const socket = connect(port, '127.0.0.1').pause();
  onTestFinished(() => void socket.destroy());
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');

  await expect(released).resolves.toBeUndefined();
});

describe('closing', () => {
  test('lets an answer that is under way finish, and takes nothing new', async () => {
    const { server, asked, answer } = waiting();
    const { url, close } = await start({ server });
    const late = fetch(url);
    await asked;
    const closed = close();

    const refused = await fetch(url);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'service-unavailable' });
    answer();
    expect(await (await late).text()).toBe('late');
    await closed;
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  test('does not wait for ever', async () => {
    const { server, asked } = waiting();
    const { url, close } = await start({ server, closeTimeoutMs: 20 });
    const never = fetch(url);
    await asked;
    await Promise.all([close(), expect(never).rejects.toThrow('fetch failed')]);
  });

  test('twice is closing once', async () => {
    const { url, close } = await start();
    await Promise.all([close(), close()]);
    await close();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });
});
