import { createProblem, type ProblemCode } from '@secure-player/protocol';
import { describe, expect, it, vi } from 'vitest';

import { ApiError } from './api-error.js';
import { createApi } from './api.js';

function setup(answer: () => Response | Promise<Response>, token: string | null = 'secret-token') {
  const requests: { path: string; init: RequestInit }[] = [];
  const onSessionExpired = vi.fn<() => void>();
  const api = createApi({
    fetch: (path, init) => {
      requests.push({ path: path as string, init: init ?? {} });
      return Promise.resolve(answer());
    },
    deviceId: 'this-browser',
    token: () => token,
    onSessionExpired,
  });
  const authorization = () => new Headers(requests.at(-1)?.init.headers).get('authorization');

  return { api, requests, authorization, onSessionExpired };
}

function problem(code: ProblemCode): Response {
  const body = createProblem(code);
  return Response.json(body, {
    status: body.status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

describe('createApi', () => {
  it('sends the bearer token of whoever is signed in, and none for nobody', async () => {
    const member = setup(() => Response.json({ titles: [] }));
    await member.api.getCatalog();
    expect(member.authorization()).toBe('Bearer secret-token');

    const visitor = setup(() => Response.json({ titles: [] }), null);
    await visitor.api.getCatalog();
    expect(visitor.authorization()).toBeNull();
  });

  it('signs out the token it is given and not the present one', async () => {
    const { api, authorization } = setup(() => new Response(null, { status: 204 }));
    await api.logOut('old-token');
    expect(authorization()).toBe('Bearer old-token');
  });

  it('escapes the id of a playback session', async () => {
    const { api, requests } = setup(() => new Response(null, { status: 204 }));
    await api.endPlayback('../catalog');
    expect(requests[0]?.path).toBe('/v1/playback-sessions/..%2Fcatalog');
    expect(requests[0]?.init).toMatchObject({ method: 'DELETE', keepalive: true });
  });

  it.each([
    'authentication-required',
    'subscription-expired',
    'content-not-found',
    'internal-error',
  ] as const)('rejects with the code %s of the server', async (code) => {
    const { api, onSessionExpired } = setup(() => problem(code));
    const request = api.openPlayback({ contentId: 'first-light', intent: 'play' });

    await expect(request).rejects.toMatchObject({ name: 'ApiError', code });
    expect(onSessionExpired).not.toHaveBeenCalled();
  });

  it('tells when the server has forgotten the token', async () => {
    const { api, onSessionExpired } = setup(() => problem('session-expired'));

    await expect(api.getCatalog()).rejects.toMatchObject({ code: 'session-expired' });
    expect(onSessionExpired).toHaveBeenCalledOnce();
  });

  it('knows a page in place of an answer, whatever its status', async () => {
    const success = setup(() => new Response('<h1>Log in to the network</h1>'));
    await expect(success.api.getCatalog()).rejects.toMatchObject({ code: 'unexpected-answer', status: 200 });

    const failure = setup(() => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await expect(failure.api.getCatalog()).rejects.toMatchObject({ code: 'unexpected-answer', status: 502 });
  });

  it('rejects as unreachable without an answer, and with the reason of its signal when stopped', async () => {
    const { api } = setup(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(api.getCatalog()).rejects.toMatchObject({ code: 'unreachable' });

    const reason = new Error('left the page');
    await expect(api.getCatalog(AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('keeps the token out of its errors', async () => {
    const { api } = setup(() => Promise.reject(new TypeError('Failed to fetch')));
    const error: unknown = await api.getCatalog().catch((cause: unknown) => cause);

    expect(error).toBeInstanceOf(ApiError);
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('secret-token');
  });
});
