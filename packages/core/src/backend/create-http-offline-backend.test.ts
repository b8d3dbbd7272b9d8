import {
  createProblem,
  type OfflineLicenseResponse,
  type OfflineLicensesResponse,
  type OfflineLicenseStatusResponse,
  type ProblemCode,
} from '@secure-player/protocol';
import { describe, expect, it, vi } from 'vitest';

import { isPlaybackError } from '../error/playback-error.js';
import { createHttpOfflineBackend } from './create-http-offline-backend.js';
import type { OfflineBackend } from './offline-backend.js';

const TERMS = { expiresAt: 90, startBy: null, playWithinSeconds: 48, renewable: true, serverTime: 7 };
const LICENSE: OfflineLicenseResponse = {
  id: 'secret-1',
  handle: 'h1',
  contentId: 'film',
  ...TERMS,
  source: {
    src: '/media/film.mpd',
    type: 'dash',
    drm: { 'org.w3.clearkey': { licenseUrl: '/license/clearkey?offline=secret-1' } },
  },
};
const CHECK: OfflineLicenseStatusResponse = {
  handle: 'h1',
  contentId: 'film',
  status: 'active',
  createdAt: 1,
  renewedAt: null,
  firstPlayedAt: 3,
  endedAt: null,
  ...TERMS,
};
const LIST: OfflineLicensesResponse = {
  licenses: [
    {
      handle: 'h1',
      contentId: 'film',
      title: null,
      device: 'Firefox on Linux',
      deviceId: 'd1',
      createdAt: 1,
      renewedAt: 2,
      expiresAt: null,
      status: 'expired',
    },
  ],
  serverTime: 7,
};

function setup(body: unknown, status = 200) {
  const send = vi.fn<(url: string, init?: RequestInit) => Promise<Response>>(async () =>
    status === 204 ? new Response(null, { status }) : Response.json(body, { status }),
  );
  const backend = createHttpOfflineBackend({
    baseUrl: 'https://api.example',
    fetch: send as typeof fetch,
    account: 'a1',
  });
  const sent = () => {
    const [url = '', { method, body: text, headers } = {}] = send.mock.calls[0] ?? [];
    return {
      request: `${method ?? 'GET'} ${url.replace('https://api.example/v1/offline-licenses', '')}`,
      body: typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined,
      key: new Headers(headers).get('idempotency-key'),
    };
  };
  return { backend, sent };
}

const READ_LICENSE = {
  ...LICENSE,
  source: {
    src: 'https://api.example/media/film.mpd',
    type: 'dash',
    drm: {
      'org.w3.clearkey': { licenseUrl: 'https://api.example/license/clearkey?offline=secret-1' },
    },
  },
};

interface Row {
  readonly name: keyof OfflineBackend;
  readonly ask: (backend: OfflineBackend) => Promise<unknown>;
  readonly answer: unknown;
  readonly expected: unknown;
  readonly sent: { readonly request: string; readonly body?: unknown; readonly key?: string | null };
}

const ROWS: readonly Row[] = [
  {
    name: 'openOfflineLicense',
    ask: (backend) =>
      backend.openOfflineLicense({ contentId: 'film', deviceId: 'd1' }, { idempotencyKey: 'once' }),
    answer: { ...LICENSE, later: true },
    expected: READ_LICENSE,
    sent: { request: 'POST ', body: { contentId: 'film', deviceId: 'd1' }, key: 'once' },
  },
  {
    name: 'renewOfflineLicense',
    ask: (backend) => backend.renewOfflineLicense('secret/1'),
    answer: LICENSE,
    expected: READ_LICENSE,
    sent: { request: 'POST /secret%2F1/renew' },
  },
  {
    name: 'checkOfflineLicense',
    ask: (backend) => backend.checkOfflineLicense('secret-1'),
    answer: { ...CHECK, later: true },
    expected: CHECK,
    sent: { request: 'GET /secret-1' },
  },
  {
    name: 'listOfflineLicenses',
    ask: (backend) => backend.listOfflineLicenses(),
    answer: LIST,
    expected: LIST,
    sent: { request: 'GET ' },
  },
  {
    name: 'reportFirstPlay',
    ask: (backend) => backend.reportFirstPlay('secret-1', 3),
    answer: CHECK,
    expected: CHECK,
    sent: { request: 'POST /secret-1/plays', body: { startedAt: 3 } },
  },
  {
    name: 'reportFirstPlay',
    ask: (backend) => backend.reportFirstPlay('secret-1'),
    answer: CHECK,
    expected: CHECK,
    sent: { request: 'POST /secret-1/plays' },
  },
];

describe('createHttpOfflineBackend', () => {
  it.each(ROWS)('$name asks the server and gives its answer', async ({ ask, answer, expected, sent }) => {
    const kit = setup(answer);
    await expect(ask(kit.backend)).resolves.toEqual(expected);
    expect(kit.sent()).toEqual({ body: undefined, key: null, ...sent });
  });

  it.each<[keyof OfflineBackend, (backend: OfflineBackend) => Promise<unknown>, boolean]>([
    ['openOfflineLicense', (backend) => backend.openOfflineLicense({ contentId: 'film' }), true],
    ['renewOfflineLicense', (backend) => backend.renewOfflineLicense('secret-1'), true],
    ['checkOfflineLicense', (backend) => backend.checkOfflineLicense('secret-1'), false],
    ['reportFirstPlay', (backend) => backend.reportFirstPlay('secret-1', 3), false],
  ])('%s says who is signed in: only where that matters', async (_, ask, isSaid) => {
    const send = vi.fn<(url: string, init?: RequestInit) => Promise<Response>>(async () =>
      Response.json(createProblem('session-expired'), { status: 401 }),
    );
    const authorize = vi.fn(async () => ({ Authorization: 'Bearer somebody' }));
    await ask(
      createHttpOfflineBackend({ baseUrl: 'https://api.example', fetch: send as typeof fetch, authorize }),
    ).catch(() => {});

    const said = send.mock.calls.map(([, init]) => new Headers(init?.headers).get('authorization'));
    expect(said).toEqual(isSaid ? ['Bearer somebody', 'Bearer somebody'] : [null]);
    expect(authorize).toHaveBeenCalledTimes(isSaid ? 2 : 0);
  });

  it('revokes by the handle', async () => {
    const { backend, sent } = setup(null, 204);
    await expect(backend.revokeOfflineLicense('h/1')).resolves.toBeUndefined();
    expect(sent().request).toBe('DELETE /h%2F1');
  });

  it('is whose it was told', () => {
    expect(setup(null).backend.account).toBe('a1');
    expect(createHttpOfflineBackend({ baseUrl: '/' }).account).toBeNull();
  });

  it.each<[ProblemCode, string]>([
    ['offline-not-allowed', 'download-unsupported'],
    ['device-limit-reached', 'device-limit-reached'],
    ['offline-license-unknown', 'stored-license-missing'],
    ['offline-license-revoked', 'offline-license-revoked'],
    ['offline-license-released', 'stored-license-missing'],
    ['subscription-expired', 'subscription-expired'],
  ])('tells a refusal by its code: %s is %s', async (problem, code) => {
    const body = createProblem(problem);
    const { backend } = setup(body, body.status);
    const error: unknown = await backend.renewOfflineLicense('secret-1').catch((cause: unknown) => cause);
    expect(isPlaybackError(error)).toBe(true);
    expect(error).toMatchObject({ code, httpStatus: body.status });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('secret-1');
  });

  it.each<[string, (backend: OfflineBackend) => Promise<unknown>, unknown]>([
    ['a license without an id', (b) => b.renewOfflineLicense('x'), { ...LICENSE, id: undefined }],
    ['a license without a source', (b) => b.renewOfflineLicense('x'), { ...LICENSE, source: {} }],
    [
      'a license that says nothing of its end',
      (b) => b.renewOfflineLicense('x'),
      { ...LICENSE, expiresAt: undefined },
    ],
    ['a license of no clock', (b) => b.renewOfflineLicense('x'), { ...LICENSE, serverTime: null }],
    ['a status that nobody knows', (b) => b.checkOfflineLicense('x'), { ...CHECK, status: 'lost' }],
    ['a status without its times', (b) => b.checkOfflineLicense('x'), { ...CHECK, endedAt: undefined }],
    ['a list that is none', (b) => b.listOfflineLicenses(), { licenses: {}, serverTime: 7 }],
    ['a list with something else in it', (b) => b.listOfflineLicenses(), { licenses: [null], serverTime: 7 }],
  ])('does not take %s', async (_, ask, answer) => {
    await expect(ask(setup(answer).backend)).rejects.toMatchObject({ code: 'license-malformed' });
  });
});
