import { ProblemError, invalidField } from '../http/problem-error.js';
import { requireIdempotencyKey } from '../http/require-idempotency-key.js';
import type { SessionIds } from '../playback-sessions/session-ids.js';
import type { OfflineLicense } from './offline-license-store.js';
import type { OfflineLicenses, OfflineOpening } from './offline-licenses.js';

/** An offline license with the id that only its device is told. */
export interface OpenedOfflineLicense {
  readonly id: string;
  readonly license: OfflineLicense;
}

/** How often a key may have opened a license that is over by now. */
const MAX_GENERATIONS = 16;

/**
 * Opens an offline license, honoring the Idempotency-Key of a sign-in: a repeat gets the license of the first request, as
 * long as that can be used.
 */
export async function openOfflineLicenseOnce(
  licenses: OfflineLicenses,
  ids: SessionIds,
  opening: Omit<OfflineOpening, 'id'>,
  { loginId, key }: { readonly loginId: string; readonly key: string | undefined },
): Promise<OpenedOfflineLicense> {
  requireIdempotencyKey(key);
  if (key === undefined) {
    const id = ids.random();
    return { id, license: (await licenses.open({ ...opening, id })).license };
  }

  for (let generation = 0; generation < MAX_GENERATIONS; generation += 1) {
    const id = await ids.of(loginId, key, generation, 'offline');
    const { status, license } = await licenses.open({ ...opening, id });
    if (status === 'granted') return { id, license };
    if (licenses.statusOf(license) !== 'active') continue;
    if (isSameRequest(license, opening)) return { id, license };
    throw invalidField('Idempotency-Key', 'was used for another request before');
  }
  throw new ProblemError('offline-license-released');
}

function isSameRequest(license: OfflineLicense, { request, deviceId }: Omit<OfflineOpening, 'id'>): boolean {
  const { contentId, format } = request;
  return license.contentId === contentId && license.format === format && license.deviceId === deviceId;
}
