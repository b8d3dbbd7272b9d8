import {
  createProblem,
  type Entitlement,
  type PlaybackSessionResponse,
  type ProblemCode,
} from '@secure-player/protocol';
import { describe, expect, it, vi } from 'vitest';

import type { Authorize } from '../authorize/authorizer.js';
import { PlaybackError } from '../error/playback-error.js';
import { createManualClock, turn } from '../testing/manual-clock.js';
import { createHttpBackend, type HttpBackendOptions } from './create-http-backend.js';

const ENTITLEMENT: Entitlement = {
  contentId: 'film',
  access: 'subscription',
  plan: 'premium',
  subscriptionEndsAt: null,
  source: {
    src: '/media/film.mpd',
    type: 'dash',
    drm: { 'org.w3.clearkey': { licenseUrl: '/license/clearkey' } },
  },
};
const STREAM = { id: 's1', contentId: 'film', device: 'Firefox on Linux', startedAt: 1 };

function setup(answers: (() => Response | Promise<Response>)[], options: Partial<HttpBackendOptions> = {}) {
  const clock = createManualClock();
  const queue = [...answers];
  const send = vi.fn<typeof fetch>(async () => {
    const answer = queue.length > 1 ? queue.shift() : queue[0];
    return answer?.() ?? new Response(null, { status: 500 });
  });
  const backend = createHttpBackend({ baseUrl: 'https://api.example/', fetch: send, clock, ...options });
  const urls = () => send.mock.calls.map(([url]) => url);
  const headers = () => send.mock.calls.map(([, init]) => Object.fromEntries(new Headers(init?.headers)));

  return { backend, clock, send, urls, headers };
}

function json(body: unknown, status = 200): () => Response {
  return () => Response.json(body, { status });
}

function problem(code: ProblemCode): () => Response {
  const body = createProblem(code);
  return json(body, body.status);
}

async function failureOf(promise: Promise<unknown>): Promise<PlaybackError> {
  const error: unknown = await promise.catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(PlaybackError);
  return error as PlaybackError;
}

describe('createHttpBackend', () => {
  it('gives an entitlement whose URLs start from the server', async () => {
    const { backend, urls } = setup([json(ENTITLEMENT)]);

    expect(await backend.getEntitlement('film')).toEqual({
      ...ENTITLEMENT,
      source: {
        src: 'https://api.example/media/film.mpd',
        type: 'dash',
        drm: { 'org.w3.clearkey': { licenseUrl: 'https://api.example/license/clearkey' } },
      },
    });
    expect(urls()).toEqual(['https://api.example/v1/entitlements/film']);
  });

  it('asks for the format wanted, and escapes what it is given', async () => {
    const { backend, urls } = setup([json(ENTITLEMENT)], { baseUrl: 'https://api.example/rights' });
    await backend.getEntitlement('../a b', { format: 'hls' });

    expect(urls()).toEqual(['https://api.example/rights/v1/entitlements/..%2Fa%20b?format=hls']);
  });

  it('lists streams', async () => {
    const { backend, urls } = setup([json({ streams: [{ ...STREAM, later: true }] })]);

    expect(await backend.listStreams()).toEqual([STREAM]);
    expect(urls()).toEqual(['https://api.example/v1/streams']);
  });

  it('asks `authorize` for each request, as an entitlement', async () => {
    const authorize = vi.fn<Authorize>(async () => 'token-1');
    const { backend, headers } = setup([json({ streams: [] })], { authorize });
    await backend.listStreams();

    expect(headers()[0]).toMatchObject({ authorization: 'Bearer token-1', accept: 'application/json' });
    expect(authorize).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        purpose: 'entitlement',
        reason: 'initial',
        url: 'https://api.example/v1/streams',
      }),
    );
  });

  it('asks `authorize` once more after a 401', async () => {
    const authorize: Authorize = ({ reason }) => (reason === 'unauthorized' ? 'fresh' : 'stale');
    const { backend, headers } = setup([problem('session-expired'), json({ streams: [] })], { authorize });

    expect(await backend.listStreams()).toEqual([]);
    expect(headers().map(({ authorization }) => authorization)).toEqual(['Bearer stale', 'Bearer fresh']);
  });

  it('asks once where nobody could give it another credential', async () => {
    const { backend, send } = setup([problem('authentication-required')]);

    expect((await failureOf(backend.listStreams())).code).toBe('authentication-required');
    expect(send).toHaveBeenCalledOnce();
  });

  it('gives up after a second 401', async () => {
    const { backend, send } = setup([problem('session-expired')], { authorize: () => 'stale' });

    expect(await failureOf(backend.listStreams())).toMatchObject({
      code: 'session-expired',
      httpStatus: 401,
    });
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('is nobody’s unless it is told whose', () => {
    expect(setup([]).backend.account).toBeNull();
    expect(setup([], { account: 'a1' }).backend.account).toBe('a1');
  });
});

describe('a failure', () => {
  it.each([
    ['a refusal', problem('subscription-expired'), 'subscription-expired', 403],
    ['an unknown title', problem('content-not-found'), 'content-not-found', 404],
    ['a refusal without a problem', json({}, 403), 'entitlement-refused', 403],
    ['a server that fails', json({}, 502), 'entitlement-failed', 502],
    ['a web page', () => new Response('<h1>Log in to the network</h1>'), 'license-malformed', 200],
    ['an answer of another service', json({ status: 'ok' }), 'license-malformed', 200],
    ['an entitlement without a source', json({ ...ENTITLEMENT, source: null }), 'license-malformed', 200],
    [
      'key systems that are none',
      json({ ...ENTITLEMENT, source: { src: '/a.mpd', drm: { 'org.w3.clearkey': 'here' } } }),
      'license-malformed',
      200,
    ],
    ['a plan nobody knows', json({ ...ENTITLEMENT, plan: 'gold' }), 'license-malformed', 200],
  ])('is told by its code: %s', async (_, answer, code, httpStatus) => {
    const { backend } = setup([answer]);

    expect(await failureOf(backend.getEntitlement('film'))).toMatchObject({ code, httpStatus });
  });

  it('of the network is `entitlement-failed`', async () => {
    const { backend } = setup([() => Promise.reject(new TypeError('Failed to fetch'))]);

    expect((await failureOf(backend.getEntitlement('film'))).code).toBe('entitlement-failed');
  });

  it('of a server that says nothing ends in time, also where `authorize` never answers', async () => {
    for (const authorize of [undefined, () => new Promise<never>(() => {})]) {
      const { backend, clock } = setup([() => new Promise<never>(() => {})], { authorize, timeoutMs: 500 });
      const failure = failureOf(backend.getEntitlement('film'));
      await turn();
      clock.advance(500);

      expect((await failure).code).toBe('entitlement-failed');
      expect(clock.pending()).toEqual([]);
    }
  });

  it('of a caller who went away is their reason, and the request is aborted', async () => {
    const { backend, send } = setup([() => new Promise<never>(() => {})]);
    const controller = new AbortController();
    const answer = backend.getEntitlement('film', { signal: controller.signal });
    await turn();
    const reason = new Error('left the page');
    controller.abort(reason);

    await expect(answer).rejects.toBe(reason);
    expect(send.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
  });

  it('outside of a page names the fix for a relative `baseUrl`', async () => {
    const { backend, send } = setup([], { baseUrl: '/' });

    expect((await failureOf(backend.listStreams())).message).toContain('`baseUrl` must be an absolute URL');
    expect(send).not.toHaveBeenCalled();
  });

  it('holds neither a token nor a URL', async () => {
    const token = 'tok';
    const authorize = () => token;
    const failures = [
      setup([() => Promise.reject(new TypeError(`https://api.example/v1?t=${token}`))], { authorize }),
      setup([json({ token }, 403)], { authorize }),
      setup([json({ token })], { authorize }),
    ].map(({ backend }) => failureOf(backend.getEntitlement('secret-film')));

    for (const error of await Promise.all(failures)) {
      const told = `${String(error)} ${JSON.stringify(error)}`;
      expect(told).not.toContain(token);
      expect(told).not.toContain('secret-film');
    }
  });
});

const SESSION: PlaybackSessionResponse = {
  id: 'p1',
  heartbeatSeconds: 30,
  contentId: 'film',
  intent: 'play',
  expiresAt: 10,
  leaseExpiresAt: 5,
  source: { ...ENTITLEMENT.source, session: { id: 'p1', heartbeatSeconds: 30 } },
};

describe('a playback session', () => {
  const sentWith = ({ send }: ReturnType<typeof setup>) => {
    const [url, init] = send.mock.calls.at(-1) ?? [];
    const { method, body, keepalive } = init ?? {};
    return { url, method, keepalive, body: typeof body === 'string' ? JSON.parse(body) : body };
  };

  it('is opened, under a key that a repetition goes by', async () => {
    const kit = setup([json(SESSION)]);
    const request = { contentId: 'film', intent: 'play', replace: 'oldest' } as const;
    const answer = await kit.backend.openPlaybackSession(request, { idempotencyKey: 'once' });

    expect(answer).toMatchObject({
      refusal: null,
      session: { id: 'p1', leaseExpiresAt: 5, source: { src: 'https://api.example/media/film.mpd' } },
    });
    expect(sentWith(kit)).toMatchObject({
      url: 'https://api.example/v1/playback-sessions',
      method: 'POST',
      body: request,
    });
    expect(kit.headers()[0]).toMatchObject({
      'idempotency-key': 'once',
      'content-type': 'application/json',
    });
  });

  it('is renewed, with a body only where it takes the stream back', async () => {
    const kit = setup([json({ ...SESSION, leaseExpiresAt: null })]);
    const { session } = await kit.backend.renewPlaybackSession('p/1');
    expect(session?.leaseExpiresAt).toBeNull();
    expect(sentWith(kit)).toEqual({
      url: 'https://api.example/v1/playback-sessions/p%2F1',
      method: 'PUT',
    });

    await kit.backend.renewPlaybackSession('p1', { replace: 's1' });
    expect(sentWith(kit).body).toEqual({ replace: 's1' });
  });

  it.each([
    ['releaseStream', 'v1/playback-sessions/p%2F1/lease'],
    ['endPlaybackSession', 'v1/playback-sessions/p%2F1'],
    ['stopStream', 'v1/streams/p%2F1'],
  ] as const)('%s outlives the page', async (name, path) => {
    const kit = setup([() => new Response(null, { status: 204 })]);
    await kit.backend[name]('p/1');

    expect(sentWith(kit)).toEqual({ url: `https://api.example/${path}`, method: 'DELETE', keepalive: true });
  });

  it('that has no room is no failure: the streams and the device are beside the error', async () => {
    const full = { ...createProblem('stream-limit-reached'), streams: [STREAM] };
    const { backend } = setup([json(full, full.status)]);
    expect(await backend.openPlaybackSession({ contentId: 'film', intent: 'play' })).toMatchObject({
      session: null,
      refusal: {
        error: { code: 'stream-limit-reached', httpStatus: 409 },
        streams: [STREAM],
        takenOverBy: null,
      },
    });

    const gone = { ...createProblem('session-superseded'), takenOverBy: 'Firefox on Linux' };
    const other = setup([json(gone, gone.status)]);
    expect(await other.backend.renewPlaybackSession('p1')).toMatchObject({
      refusal: { error: { code: 'stream-taken-over' }, streams: [], takenOverBy: 'Firefox on Linux' },
    });
  });

  it.each([
    ['without an id', { ...SESSION, id: undefined }],
    ['without a heartbeat', { ...SESSION, heartbeatSeconds: 0 }],
    ['of another intent', { ...SESSION, intent: 'record' }],
    ['without a lease to speak of', { ...SESSION, leaseExpiresAt: undefined }],
    ['without a source', { ...SESSION, source: {} }],
  ])('%s is none', async (_, body) => {
    const { backend } = setup([json(body)]);

    expect((await failureOf(backend.renewPlaybackSession('p1'))).code).toBe('license-malformed');
  });

  it('is in no error, by its id', async () => {
    for (const answer of [
      problem('playback-session-ended'),
      json({}),
      () => Promise.reject(new TypeError('https://api.example/v1/playback-sessions/p-secret')),
    ]) {
      const error = await failureOf(setup([answer]).backend.renewPlaybackSession('p-secret'));
      expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('p-secret');
    }
  });
});
