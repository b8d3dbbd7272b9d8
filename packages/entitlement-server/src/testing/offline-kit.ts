import type {
  OfflineLicenseResponse,
  OfflineLicensesResponse,
  OfflineLicenseStatusResponse,
} from '@secure-player/protocol';

import type { Title } from '../catalog/title.js';
import type { EntitlementServerOptions } from '../node/entitlement-server.js';
import { FILM, TRAILER, bearer, codeOf, setup, type TestServer } from './setup.js';

export const HOUR = 3600;
/** Seconds. */
export const TERM = 48 * HOUR;
export const KEPT: Title = { ...FILM, policy: { offline: { termSeconds: TERM } } };
const RENTED: Title = {
  ...FILM,
  id: 'rental',
  directory: 'rental-v1',
  access: 'rental',
  keys: [{ keyId: 'c0000000000000000000000000000001', group: 'SD' }],
  policy: {
    offline: { termSeconds: 30 * 24 * HOUR },
    rental: { startWithinSeconds: TERM, playWithinSeconds: 24 * HOUR },
  },
};

/** A server with a film that may be kept, one that may not, and one for rent. */
export function startOffline(options: Partial<EntitlementServerOptions> = {}): TestServer {
  return setup({ titles: [KEPT, TRAILER, RENTED], sessionTtlSeconds: 1000 * HOUR, ...options });
}

/** Asks for an offline license, and gives the status or the code of the problem. */
export async function askOffline(
  server: TestServer,
  token: string | null,
  request: object,
  headers: Record<string, string> = {},
): Promise<string | number> {
  const options = { headers: { ...bearer(token), ...headers } };
  return codeOf(await server.post('/v1/offline-licenses', request, options));
}

/** What the account keeps. */
export async function listOffline(server: TestServer, token: string): Promise<OfflineLicensesResponse> {
  return (await (
    await server.get('/v1/offline-licenses', { headers: bearer(token) })
  ).json()) as OfflineLicensesResponse;
}

/** What the device learns. */
export async function checkOffline(server: TestServer, id: string): Promise<OfflineLicenseStatusResponse> {
  return (await (await server.get(`/v1/offline-licenses/${id}`)).json()) as OfflineLicenseStatusResponse;
}

/** Renews, and gives the answer. */
export async function renewOffline(server: TestServer, id: string): Promise<OfflineLicenseResponse> {
  const answer = await server.get(`/v1/offline-licenses/${id}/renew`, { method: 'POST' });
  return (await answer.json()) as OfflineLicenseResponse;
}

/** Renews, and gives the status or the code of the problem. */
export async function renewalCode(server: TestServer, id: string): Promise<string | number> {
  return codeOf(await server.get(`/v1/offline-licenses/${id}/renew`, { method: 'POST' }));
}

/** Revokes by the handle. */
export async function revokeOffline(
  server: TestServer,
  token: string | null,
  handle: string,
): Promise<string | number> {
  const options = { method: 'DELETE', headers: bearer(token) };
  return codeOf(await server.get(`/v1/offline-licenses/${handle}`, options));
}

/** Reports the first play. */
export async function reportPlay(
  server: TestServer,
  id: string,
  startedAt?: number,
): Promise<OfflineLicenseStatusResponse> {
  const answer = await server.post(`/v1/offline-licenses/${id}/plays`, { startedAt });
  return (await answer.json()) as OfflineLicenseStatusResponse;
}
