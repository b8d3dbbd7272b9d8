import { once } from 'node:events';
import { connect } from 'node:net';

import { describe, expect, onTestFinished, test } from 'vitest';

import { serve, type RunningServer, type ServeOptions } from './serve.js';
import { mediaFolder, setup } from '../testing/setup.js';

async function start(options: Partial<ServeOptions> = {}): Promise<RunningServer> {
  const running = await serve({ ...options, server: options.server ?? setup() });
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

/** A server that has the whole answer at once, whatever a client has taken of it. */
function handingOver(bytes: Uint8Array<ArrayBuffer>): {
  server: ServeOptions['server'];
  handedOver: Promise<void>;
} {
  let done = (): void => undefined;
  const handedOver = new Promise<void>((resolve) => (done = resolve));
  const fetch = (): Response => {
    setImmediate(done);
    return new Response(bytes);
  };
  return { server: { app: { fetch } }, handedOver };
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
    await expect(start({ hostname: '' })).rejects.toMatchObject({
      code: 'invalid-configuration',
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

  test.each([
    ['a header', `GET / HTTP/1.1\r\nHost: a\r\nCookie: ${'hunter2'.repeat(3000)}\r\n\r\n`],
    ['an address', `GET /${'hunter2'.repeat(3000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
  ])('takes no more than 16 KiB before the body: %s', async (_case, request) => {
    const { port } = await start();
    const answer = await exchange(port, request);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('"code":"payload-too-large"');
    expect(answer).not.toContain('hunter2');
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

test.each([
  ['for longer than load balancers do', {}, 'timeout=75'],
  ['for as long as it is told', { keepAliveTimeoutMs: 620_000 }, 'timeout=620'],
])('a connection is kept for another request %s', async (_case, options, said) => {
  const { port } = await start(options);
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');

  const [head] = (await once(socket, 'data')) as [Buffer];
  // What Node says is what it does.
  expect(head.toString('latin1')).toContain(`\r\nKeep-Alive: ${said}\r\n`);
});

describe('closing', () => {
  test('lets an answer that is under way finish, and takes no new connection', async () => {
    const { server, asked, answer } = waiting();
    const { url, close } = await start({ server });
    const late = fetch(url);
    await asked;
    const closed = close();

    await expect(fetch(url)).rejects.toThrow('fetch failed');
    answer();
    const response = await late;
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.text()).toBe('late');
    await closed;
  });

  test('does no new work for a connection that is still busy, and ends it', async () => {
    let end = (): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from('first'));
        end = () => controller.close();
      },
    });
    let asked = 0;
    const fetch = (): Response => {
      asked += 1;
      return new Response(body);
    };
    const { port, close } = await start({ server: { app: { fetch } } });
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'data');
    const closed = close();
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n', () => end());

    await Promise.all([once(socket, 'close'), closed]);
    expect(asked).toBe(1);
    expect(received).toMatch(/^HTTP\/1\.1 200 [\s\S]*first\r\n0\r\n\r\n/);
  });

  test('ends connections that are kept alive at once', async () => {
    const { port, close } = await start({ keepAliveTimeoutMs: 3_600_000, closeTimeoutMs: 3_600_000 });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'data');
    const ended = once(socket.resume(), 'close');
    await close();
    await expect(ended).resolves.toEqual([false]);
  });

  test('sends what was handed over before it ends a connection', async () => {
    const bytes = new Uint8Array(20_000_000).fill(7);
    const { server, handedOver } = handingOver(bytes);
    const { port, close } = await start({ server });
    const socket = connect(port, '127.0.0.1').pause();
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await handedOver;
    const closed = close();

    let received = 0;
    socket.on('data', (chunk) => (received += chunk.length)).resume();
    await Promise.all([once(socket, 'close'), closed]);
    expect(received).toBeGreaterThan(bytes.length);
  });

  test('says first that it is not ready, still answers, and lets go of the store at the end', async () => {
    const steps: string[] = [];
    let shutDown = (): void => undefined;
    const isShuttingDown = new Promise<void>((resolve) => (shutDown = resolve));
    const { url, close } = await start({
      drainMs: 200,
      server: {
        app: {
          fetch: () => {
            steps.push('answer');
            return new Response('still here');
          },
        },
        shutDown: () => {
          steps.push('shut down');
          shutDown();
        },
        close: async () => void steps.push('close'),
      },
    });
    const closed = close();
    await isShuttingDown;
    const answer = await fetch(url);
    expect(await answer.text()).toBe('still here');
    // The next one is to go where somebody stays.
    expect(answer.headers.get('connection')).toBe('close');
    await closed;
    expect(steps).toEqual(['shut down', 'answer', 'close']);
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
