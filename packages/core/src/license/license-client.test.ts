import { createProblem, toBase64, writeClearKeyLicense } from '@secure-player/protocol';
import { describe, expect, it, vi } from 'vitest';

import { Authorizer, type Authorize, type AuthorizeRequest } from '../authorize/authorizer.js';
import { PlaybackError } from '../error/playback-error.js';
import type { KeySystemConfiguration, LicenseRequest, LicenseResponse, Source } from '../source/source.js';
import { createManualClock, turn } from '../testing/manual-clock.js';
import { LicenseClient, type LicenseExchange } from './license-client.js';

const PAGE = 'https://page.example/watch';
const LICENSE_URL = 'https://license.example/clearkey';
const LICENSE = writeClearKeyLicense({
  keys: [{ keyId: '0123456789abcdef0123456789abcdef', key: new Uint8Array(16).fill(7) }],
});

type Answer = Response | Error | ((request: SentRequest) => Response | Promise<Response>);

interface SentRequest {
  readonly url: string;
  readonly init: RequestInit;
  readonly headers: Headers;
}

interface SetupOptions {
  answers: readonly Answer[];
  authorize?: Authorize | undefined;
  configuration?: Partial<KeySystemConfiguration> | undefined;
  exchange?: Partial<LicenseExchange> | undefined;
}

function setup({ answers, authorize, configuration, exchange }: SetupOptions) {
  const clock = createManualClock();
  const sent: SentRequest[] = [];
  const fetchDouble: typeof fetch = async (input, init = {}) => {
    const request = { url: new Request(input).url, init, headers: new Headers(init.headers) };
    sent.push(request);
    const answer = answers[sent.length - 1];
    if (answer === undefined) throw new Error('The test expects no further request.');
    if (answer instanceof Error) throw answer;

    return typeof answer === 'function' ? answer(request) : answer;
  };
  const client = new LicenseClient({
    authorizer: new Authorizer({
      authorize: () => authorize,
      authorizedOrigins: () => [],
      pageUrl: () => PAGE,
      pageOrigin: () => new URL(PAGE).origin,
    }),
    fetch: fetchDouble,
    clock,
    random: () => 0.5,
  });
  const drm = { licenseUrl: LICENSE_URL, ...configuration } as KeySystemConfiguration;
  const source: Source = { src: '/film.mpd', drm: { 'org.w3.clearkey': drm } };
  const controller = new AbortController();

  const acquire = () =>
    client.acquire({
      url: LICENSE_URL,
      message: new Uint8Array([1, 2, 3]),
      messageType: 'license-request',
      keySystem: 'org.w3.clearkey',
      configuration: drm,
      source,
      sessionId: 'session-1',
      initDataType: 'cenc',
      initData: new Uint8Array([9]),
      keyIds: ['0123456789abcdef0123456789abcdef'],
      signal: controller.signal,
      ...exchange,
    });

  return { acquire, clock, sent, controller };
}

const ok = (body: BodyInit | null = LICENSE, headers?: HeadersInit) =>
  new Response(body, headers ? { headers } : {});
const status = (code: number, body: BodyInit | null = null) => new Response(body, { status: code });
const problem = (code: Parameters<typeof createProblem>[0]) => {
  const document = createProblem(code);
  return new Response(JSON.stringify(document), { status: document.status });
};
const hangs = () => new Promise<never>(() => {});

/** The error that a promise rejects with. */
async function rejectionOf(promise: Promise<unknown>): Promise<PlaybackError> {
  const error: unknown = await promise.then(
    () => new Error('It resolved.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PlaybackError);
  return error as PlaybackError;
}

describe('the fixed headers of a configuration', () => {
  const configuration = {
    licenseUrl: undefined,
    licenseUrlFromManifest: true,
    headers: { 'x-tenant': '7' },
  } as const;

  it.each([
    ['https://page.example/license', '7'],
    ['https://elsewhere.example/license', null],
  ])('on the way to %s, which the manifest names, are %s', async (url, expected) => {
    const { acquire, sent } = setup({ answers: [ok()], configuration, exchange: { url } });
    await acquire();

    expect(sent[0]?.headers.get('x-tenant')).toBe(expected);
  });
});

describe('a license that comes', () => {
  it('is given as it was sent, after one POST of the message', async () => {
    const { acquire, sent, clock } = setup({ answers: [ok()] });

    expect(await acquire()).toEqual(LICENSE);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      url: LICENSE_URL,
      init: { method: 'POST', cache: 'no-store', redirect: 'error' },
    });
    expect(sent[0]?.init.body).toEqual(new Uint8Array([1, 2, 3]));
    expect(sent[0]?.headers.get('content-type')).toBe('application/octet-stream');
    expect(sent[0]?.headers.has('authorization')).toBe(false);
    expect(clock.pending()).toEqual([]);
  });

  it('is put together from however many pieces it arrives in', async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of LICENSE) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });

    expect(await setup({ answers: [ok(body)] }).acquire()).toEqual(LICENSE);
  });

  it('is not judged as Clear Key for another key system', async () => {
    const bytes = new Uint8Array([8, 1, 2, 255]);
    const { acquire } = setup({ answers: [ok(bytes)], exchange: { keySystem: 'com.widevine.alpha' } });

    expect(await acquire()).toEqual(bytes);
  });
});

describe('an answer of FairPlay', () => {
  const CKC = new Uint8Array([0, 0, 0, 1, 2, 3, 255, 254, 62, 63]);
  const exchange = { keySystem: 'com.apple.fps' };

  it.each<[string, BodyInit]>([
    ['bytes', CKC],
    ['base64', `${toBase64(CKC)}\n`],
    ['`<ckc>`', `<ckc>${toBase64(CKC)}</ckc>`],
    ['JSON', JSON.stringify({ ckc: toBase64(CKC) })],
  ])('is taken out of its envelope: %s', async (_, body) => {
    expect(await setup({ answers: [ok(body)], exchange }).acquire()).toEqual(CKC);
  });

  it('is left to `parseResponse` where there is one', async () => {
    const parseResponse = ({ body }: LicenseResponse) => Uint8Array.from(body.subarray(4));
    const { acquire } = setup({ answers: [ok(CKC)], exchange, configuration: { parseResponse } });

    expect(await acquire()).toEqual(CKC.subarray(4));
  });

  it.each<[string, BodyInit | null]>([
    ['license-empty', null],
    ['license-html', '<html><body>Hotel</body></html>'],
    ['license-malformed', '{"error":"no"}'],
    ['license-malformed', 'no license'],
  ])('that is none is %s: %s', async (code, body) => {
    expect(await rejectionOf(setup({ answers: [ok(body)], exchange }).acquire())).toMatchObject({ code });
  });

  it('is not looked for under another key system', async () => {
    const bytes = new TextEncoder().encode(`<ckc>${toBase64(CKC)}</ckc>`);
    const other = { keySystem: 'com.microsoft.playready' };

    expect(await setup({ answers: [ok(bytes)], exchange: other }).acquire()).toEqual(bytes);
  });
});

describe('a message of another type', () => {
  it.each(['license-renewal', 'license-release', 'individualization-request'])(
    'goes to the same URL, with credentials: %s',
    async (messageType) => {
      const seen: string[] = [];
      const prepareRequest = (request: LicenseRequest) => {
        seen.push(request.messageType);
        return request;
      };
      const { acquire, sent } = setup({
        answers: [ok()],
        authorize: () => 'token',
        configuration: { prepareRequest },
        exchange: { messageType },
      });
      await acquire();

      expect(sent[0]?.url).toBe(LICENSE_URL);
      expect(sent[0]?.headers.get('authorization')).toBe('Bearer token');
      expect(seen).toEqual([messageType]);
    },
  );

  it('has an answer without keys, where a license is released', async () => {
    const body = '{"kids":["ASNFZ4mrze8BI0VniavN7w"]}';
    const release = setup({ answers: [ok(body)], exchange: { messageType: 'license-release' } });
    const request = setup({ answers: [ok(body)] });

    expect(new TextDecoder().decode(await release.acquire())).toBe(body);
    expect(await rejectionOf(request.acquire())).toMatchObject({ code: 'license-malformed' });
  });
});

describe('headers', () => {
  it('of PlayReady’s message reach its server', async () => {
    const { acquire, sent } = setup({
      answers: [ok('<soap:Envelope/>')],
      exchange: {
        keySystem: 'com.microsoft.playready',
        headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '"urn:AcquireLicense"' },
      },
    });
    await acquire();

    expect(sent[0]?.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(sent[0]?.headers.get('soapaction')).toBe('"urn:AcquireLicense"');
  });

  it('of a later origin win over an earlier one, whatever their case', async () => {
    const { acquire, sent } = setup({
      answers: [ok()],
      authorize: () => ({ Authorization: 'Custom fresh' }),
      configuration: { headers: { AUTHORIZATION: 'stale', 'X-Vendor': 'a' } },
      exchange: { headers: { 'Content-Type': 'text/xml', 'x-vendor': 'b' } },
    });
    await acquire();

    expect(Object.fromEntries(sent[0]?.headers.entries() ?? [])).toEqual({
      authorization: 'Custom fresh',
      'content-type': 'text/xml',
      'x-vendor': 'a',
    });
  });
});

describe('a 401', () => {
  it('asks authorize once more, with the reason `unauthorized`, and sends what it gives', async () => {
    const authorize = vi.fn(({ reason }: AuthorizeRequest) => (reason === 'initial' ? 'old' : 'new'));
    const { acquire, sent } = setup({ answers: [status(401), ok()], authorize });

    expect(await acquire()).toEqual(LICENSE);
    expect(authorize.mock.calls.map(([request]) => request.reason)).toEqual(['initial', 'unauthorized']);
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
  });

  it('is final the second time', async () => {
    const authorize = vi.fn(() => 'token');
    const { acquire, sent } = setup({ answers: [status(401), problem('session-expired')], authorize });

    expect(await rejectionOf(acquire())).toMatchObject({
      code: 'session-expired',
      httpStatus: 401,
      recovery: 'sign-in',
    });
    expect(sent).toHaveLength(2);
    expect(authorize).toHaveBeenCalledTimes(2);
  });

  it('is final at once where nobody can be asked', async () => {
    const { acquire, sent } = setup({ answers: [status(401)] });

    expect(await rejectionOf(acquire())).toMatchObject({
      code: 'authentication-required',
      recovery: 'sign-in',
    });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['before', [status(401), status(503), ok()], ['initial', 'unauthorized', 'initial']],
    ['after', [status(503), status(401), ok()], ['initial', 'initial', 'unauthorized']],
  ])('%s a failing server leaves each its one further attempt', async (_, answers, reasons) => {
    const authorize = vi.fn((_request: AuthorizeRequest) => 'token');
    const { acquire, clock } = setup({ answers, authorize });
    const license = acquire();
    await turn();
    clock.advance(400);

    expect(await license).toEqual(LICENSE);
    expect(authorize.mock.calls.map(([request]) => request.reason)).toEqual(reasons);
  });
});

describe('a refusal', () => {
  it.each([
    [problem('plan-insufficient'), { code: 'plan-insufficient', recovery: 'upgrade-plan', httpStatus: 403 }],
    [problem('subscription-expired'), { code: 'subscription-expired', recovery: 'upgrade-plan' }],
    [
      problem('playback-session-ended'),
      { code: 'playback-session-ended', recovery: 'retry', httpStatus: 410 },
    ],
    [status(403), { code: 'license-refused', httpStatus: 403 }],
    [status(403, '{"code":"plan-insufficient"}'), { code: 'license-refused' }],
    [status(404), { code: 'license-refused', httpStatus: 404 }],
  ])('ends at once (%#)', async (answer, expected) => {
    const { acquire, sent } = setup({ answers: [answer] });

    expect(await rejectionOf(acquire())).toMatchObject(expected);
    expect(sent).toHaveLength(1);
  });
});

describe('a server that fails', () => {
  it.each([500, 502, 503, 429])('with %i is asked once more, after a pause', async (code) => {
    const { acquire, clock, sent } = setup({ answers: [status(code), ok()] });
    const license = acquire();
    await turn();

    expect(sent).toHaveLength(1);
    expect(clock.pending()).toEqual([400]);
    clock.advance(400);
    expect(await license).toEqual(LICENSE);
  });

  it.each([
    [status(500), status(500), { code: 'license-server-error', httpStatus: 500 }],
    [status(429), status(429), { code: 'license-server-error', httpStatus: 429 }],
    [
      problem('internal-error'),
      problem('service-unavailable'),
      { code: 'license-server-error', httpStatus: 503 },
    ],
    [new TypeError('Failed to fetch'), new TypeError('Failed to fetch'), { code: 'license-unreachable' }],
  ])('twice ends (%#)', async (first, second, expected) => {
    const { acquire, clock, sent } = setup({ answers: [first, second] });
    const error = rejectionOf(acquire());
    await turn();
    clock.advance(400);

    expect(await error).toMatchObject({ retryable: true, recovery: 'retry', ...expected });
    expect(sent).toHaveLength(2);
  });

  it('numbers its attempts for `prepareRequest`', async () => {
    const attempts: number[] = [];
    const prepareRequest = (request: LicenseRequest) => {
      attempts.push(request.attempt);
      return request;
    };
    const { acquire, clock } = setup({
      answers: [new TypeError('NetworkError'), ok()],
      configuration: { prepareRequest },
    });
    const license = acquire();
    await turn();
    clock.advance(400);
    await license;

    expect(attempts).toEqual([1, 2]);
  });

  it('is not waited for after an abort during the pause', async () => {
    const { acquire, clock, controller, sent } = setup({ answers: [status(500)] });
    const license = acquire();
    await turn();
    controller.abort(new DOMException('gone', 'AbortError'));

    await expect(license).rejects.toThrow('gone');
    expect(clock.pending()).toEqual([]);
    expect(sent).toHaveLength(1);
  });
});

describe('the time limit', () => {
  const stalled = () =>
    ok(
      new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(LICENSE.subarray(0, 5)),
      }),
    );
  const cases: [string, Omit<SetupOptions, 'exchange'>][] = [
    ['a server that does not answer', { answers: [hangs] }],
    ['a body that stops half-way', { answers: [stalled()] }],
    ['an `authorize` that does not settle', { answers: [], authorize: hangs }],
    ['a `prepareRequest` that does not settle', { answers: [], configuration: { prepareRequest: hangs } }],
    ['a `parseResponse` that does not settle', { answers: [ok()], configuration: { parseResponse: hangs } }],
  ];

  it.each(cases)('ends %s after 10 s, without another attempt', async (_, options) => {
    const { acquire, clock, sent } = setup(options);
    const error = rejectionOf(acquire());
    await turn();
    expect(clock.pending()).toEqual([10_000]);

    clock.advance(9_999);
    await turn();
    const requests = sent.length;
    clock.advance(1);

    expect(await error).toMatchObject({ code: 'license-timeout', recovery: 'retry' });
    expect(sent).toHaveLength(requests);
    expect(clock.pending()).toEqual([]);
  });

  it('aborts the request that is under way', async () => {
    const { acquire, clock, sent } = setup({ answers: [hangs] });
    const error = rejectionOf(acquire());
    await turn();
    clock.advance(10_000);
    await error;

    expect(sent[0]?.init.signal?.aborted).toBe(true);
  });
});

describe('an answer that is no license', () => {
  const html = '\n <!DOCTYPE html><title>Sign in</title>';

  it.each([
    ['an empty body', ok(null), 'license-empty'],
    ['a page, by its type', ok('{}', { 'content-type': 'Text/HTML; charset=utf-8' }), 'license-html'],
    ['a page, by its beginning', ok(html, { 'content-type': 'application/json' }), 'license-html'],
    ['a page without a doctype', ok('<html lang="en">'), 'license-html'],
    ['noise', ok('no license'), 'license-malformed'],
    ['JSON without keys', ok('{"keys":"none"}'), 'license-malformed'],
    ['a megabyte and more', ok(new Uint8Array(1024 * 1024 + 1)), 'license-malformed'],
  ])('%s: %#', async (_, answer, code) => {
    const { acquire, sent } = setup({ answers: [answer] });

    expect(await rejectionOf(acquire())).toMatchObject({ code });
    expect(sent).toHaveLength(1);
  });

  it('stops reading an endless body', async () => {
    const cancel = vi.fn();
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
      cancel,
    });
    const { acquire } = setup({ answers: [ok(endless)] });

    expect((await rejectionOf(acquire())).message).toContain('1 MiB');
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('that breaks off counts as a server that cannot be reached', async () => {
    const broken = () =>
      ok(new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new TypeError('reset')) }));
    const { acquire, clock, sent } = setup({ answers: [broken(), broken()] });
    const error = rejectionOf(acquire());
    await turn();
    clock.advance(400);

    expect(await error).toMatchObject({ code: 'license-unreachable', cause: { message: 'reset' } });
    expect(sent).toHaveLength(2);
  });
});

describe('an abort', () => {
  it('before the start sends nothing', async () => {
    const { acquire, controller, sent } = setup({ answers: [], authorize: hangs });
    controller.abort(new DOMException('gone', 'AbortError'));

    await expect(acquire()).rejects.toThrow('gone');
    expect(sent).toHaveLength(0);
  });

  it('in flight rejects with its own reason, at once and silently for the retry', async () => {
    const { acquire, clock, controller, sent } = setup({ answers: [hangs] });
    const license = acquire();
    await turn();
    controller.abort(new DOMException('gone', 'AbortError'));

    await expect(license).rejects.toThrow('gone');
    expect(sent).toHaveLength(1);
    expect(clock.pending()).toEqual([]);
  });
});

describe('the hooks of the page', () => {
  it('`prepareRequest` sees the whole request and replaces it', async () => {
    const prepareRequest = vi.fn(async (request: LicenseRequest) => ({
      ...request,
      url: 'https://other.example/l',
      method: 'PUT' as const,
      headers: { ...request.headers, 'x-wrapped': '1' },
      body: 'wrapped',
    }));
    const { acquire, sent } = setup({
      answers: [ok()],
      authorize: () => 'token',
      configuration: { prepareRequest },
    });
    await acquire();

    expect(prepareRequest.mock.calls[0]?.[0]).toMatchObject({
      url: LICENSE_URL,
      method: 'POST',
      headers: { authorization: 'Bearer token' },
      keySystem: 'org.w3.clearkey',
      messageType: 'license-request',
      sessionId: 'session-1',
      initDataType: 'cenc',
      keyIds: ['0123456789abcdef0123456789abcdef'],
      attempt: 1,
    });
    expect(sent[0]).toMatchObject({
      url: 'https://other.example/l',
      init: { method: 'PUT', body: 'wrapped' },
    });
    expect(sent[0]?.headers.get('x-wrapped')).toBe('1');
  });

  it('`parseResponse` unwraps an envelope before it is judged', async () => {
    const { acquire } = setup({
      answers: [ok(JSON.stringify({ license: Array.from(LICENSE) }), { 'x-vendor': 'v' })],
      configuration: {
        parseResponse: ({ body, headers, status: code, request }) => {
          expect({ vendor: headers['x-vendor'], code, url: request.url }).toEqual({
            vendor: 'v',
            code: 200,
            url: LICENSE_URL,
          });
          const { license } = JSON.parse(new TextDecoder().decode(body)) as { license: number[] };
          return new Uint8Array(license).buffer;
        },
      },
    });

    expect(await acquire()).toEqual(LICENSE);
  });

  it.each([
    ['authorize', { authorize: () => Promise.reject(new Error('no network')) }, 'authorize-failed'],
    ['prepareRequest', { configuration: { prepareRequest: throws } }, 'license-request-failed'],
    ['parseResponse', { configuration: { parseResponse: throws } }, 'license-malformed'],
  ])('`%s` that throws gives an error of its own', async (_, options, code) => {
    const { acquire } = setup({ answers: [ok()], ...options });

    expect(await rejectionOf(acquire())).toMatchObject({ code, cause: { message: 'no network' } });
  });

  it('pass on a PlaybackError that the page throws', async () => {
    const parseResponse = () => {
      throw new PlaybackError('plan-insufficient');
    };

    expect(
      await rejectionOf(setup({ answers: [ok()], configuration: { parseResponse } }).acquire()),
    ).toMatchObject({
      code: 'plan-insufficient',
    });
  });
});

function throws(): never {
  throw new Error('no network');
}

describe('what the default `fetch` is', () => {
  it('is read at each call, so that a page may wrap it late', async () => {
    const wrapped = vi.fn(async () => ok());
    const client = new LicenseClient({
      authorizer: new Authorizer({
        authorize: () => undefined,
        authorizedOrigins: () => [],
        pageUrl: () => PAGE,
        pageOrigin: () => new URL(PAGE).origin,
      }),
    });
    vi.stubGlobal('fetch', wrapped);
    const license = await client.acquire({
      url: LICENSE_URL,
      message: new Uint8Array(),
      messageType: 'license-request',
      keySystem: 'org.w3.clearkey',
      configuration: { licenseUrl: LICENSE_URL },
      source: undefined,
      sessionId: '',
      initDataType: null,
      initData: null,
      keyIds: [],
      signal: new AbortController().signal,
    });

    expect(license).toEqual(LICENSE);
    expect(wrapped).toHaveBeenCalledOnce();
  });
});

describe('an attempt', () => {
  const observe = (answers: readonly Answer[], authorize?: Authorize) => {
    const told: unknown[] = [];
    const kit = setup({
      answers,
      authorize,
      exchange: {
        onAttempt: (detail) => {
          told.push(detail);
          return { end: (outcome, more) => void told.push({ outcome, ...more }) };
        },
      },
    });

    return { ...kit, told };
  };

  it('is told of when it begins, and when it ends with what was found out', async () => {
    const { acquire, told } = observe([ok()]);
    await acquire();

    expect(told).toEqual([
      { attempt: 1, messageType: 'license-request', requestBytes: 3 },
      { outcome: 'ok', authorizeMs: 0, httpStatus: 200, responseBytes: LICENSE.byteLength },
    ]);
  });

  it('that is refused is told of with its status and its code, and so is the next', async () => {
    const { acquire, told } = observe([status(401), problem('plan-insufficient')], () => 'token');
    await rejectionOf(acquire());

    expect(told).toMatchObject([
      { attempt: 1 },
      { outcome: 'failed', httpStatus: 401, errorCode: 'authentication-required' },
      { attempt: 2 },
      { outcome: 'failed', httpStatus: 403, errorCode: 'plan-insufficient' },
    ]);
  });

  it('is told how long the page took to give credentials', async () => {
    const { acquire, told, clock } = observe([ok()], async () => {
      clock.advance(30);
      return 'token';
    });
    await acquire();

    expect(told.at(-1)).toMatchObject({ authorizeMs: 30 });
  });
});
