import { PROBLEM_MEDIA_TYPE } from '@secure-player/protocol';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';

import { serve } from '../node/serve.js';
import { badRequestArbitrary } from '../testing/bad-request.js';
import { faultsOf } from '../testing/fuzz-faults.js';
import { FuzzWorld, problemCodeOf } from '../testing/fuzz-world.js';
import { exchange, readHttp, writeHttp } from '../testing/http-exchange.js';
import { validRequestArbitrary } from '../testing/valid-request.js';

const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_101);

async function start() {
  const world = await FuzzWorld.create();
  const { port, close } = await serve({ server: world.server });
  onTestFinished(close);
  return { world, port };
}

test('300 bad requests over a real connection get a documented problem each, or none', async () => {
  const { world, port } = await start();

  await fc.assert(
    fc.asyncProperty(badRequestArbitrary(world), async (bad) => {
      const answer = await world.sendBy(bad.request, async (request) => {
        const back = await exchange(port, writeHttp(request), request.isCutOff === true);
        return readHttp(back) ?? { status: 0, contentType: null, body: new Uint8Array() };
      });
      await world.dismiss();

      // Some of it is no HTTP, and never came to the application.
      const isNoHttp = problemCodeOf(answer) === 'invalid-request' && answer.entries.length === 0;
      const faults = isNoHttp ? world.leaks(null, answer) : faultsOf(world, bad, answer);
      expect(faults).toEqual([]);
    }),
    { seed, numRuns: 300 },
  );
});

const BYTES = ['\r\n', '\n', '\r', '\u0000', ' ', '\t', ':', '\r\n\r\n', '\u00ff', '\u007f', 'HTTP/9.9'];
const LINES = [
  'Content-Length: 1',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked, identity',
  'Transfer-Encoding: gzip',
  'Expect: 100-continue',
  'Expect: 200-ok',
  'Connection: upgrade\r\nUpgrade: websocket',
  'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__',
  'Host: a b',
  'Host: [',
  'Host:',
  ' folded',
  ': nameless',
  'a b: c',
  `X: ${'x'.repeat(20_000)}`,
  ...Array.from({ length: 3 }, (_, index) =>
    Array.from({ length: 700 * (index + 1) }, (_value, line) => `X${line}: 1`).join('\r\n'),
  ),
];

/** HTTP that was damaged on its way, or never was any. */
function rawArbitrary(world: FuzzWorld): fc.Arbitrary<Buffer> {
  const valid = fc
    .oneof(...world.checker.operations.map((operation) => validRequestArbitrary(world, operation)))
    .map((request) => writeHttp(request));
  const at = fc.nat({ max: 400 });
  const inserted = fc
    .tuple(valid, at, fc.constantFrom(...BYTES))
    .map(([bytes, index, text]) => splice(bytes, index, text, 0));
  const replaced = fc
    .tuple(valid, at, fc.constantFrom(...BYTES))
    .map(([bytes, index, text]) => splice(bytes, index, text, text.length));
  const truncated = fc
    .tuple(valid, fc.nat())
    .map(([bytes, length]) => bytes.subarray(0, length % bytes.length));
  const line = fc
    .tuple(valid, fc.constantFrom(...LINES))
    .map(([bytes, text]) => splice(bytes, bytes.indexOf('\r\n') + 2, `${text}\r\n`, 0));
  const garbage = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  const foreign = fc
    .constantFrom(
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      'GET /\r\n\r\n',
      'GET / HTTP/1.0\r\n\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001',
      'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n',
      'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n',
      'GET * HTTP/1.1\r\nHost: a\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
      'GET http://[ HTTP/1.1\r\nHost: a\r\n\r\n',
      'GET http://elsewhere.invalid/v1/me HTTP/1.1\r\nHost: a\r\n\r\n',
    )
    .map((text) => Buffer.from(text, 'latin1'));

  return fc.oneof(inserted, replaced, truncated, line, garbage, foreign);
}

function splice(bytes: Buffer, index: number, text: string, removed: number): Buffer {
  const place = index % bytes.length;
  return Buffer.concat([
    bytes.subarray(0, place),
    Buffer.from(text, 'latin1'),
    bytes.subarray(place + removed),
  ]);
}

test('300 times what is no HTTP ends in a problem or a closed connection, and the server goes on', async () => {
  const { world, port } = await start();
  let refused = 0;

  await fc.assert(
    fc.asyncProperty(rawArbitrary(world), async (bytes) => {
      const request = { method: 'GET', target: '/', headers: [] };
      const answer = await world.sendBy(request, async () => {
        const back = await exchange(port, bytes, true);
        return readHttp(back) ?? { status: 0, contentType: null, body: new Uint8Array() };
      });

      // Some come through whole, and what a success tells is told on purpose.
      expect(answer.status < 400 ? [] : world.leaks(null, answer)).toEqual([]);
      expect(answer.status).toBeLessThan(500);
      const isRefused = answer.status >= 400;
      expect(isRefused ? answer.contentType : PROBLEM_MEDIA_TYPE).toBe(PROBLEM_MEDIA_TYPE);
      if (isRefused) refused += 1;
    }),
    { seed, numRuns: 300 },
  );

  expect(refused).toBeGreaterThan(100);
  expect((await world.server.get('/healthz')).status).toBe(200);
});
