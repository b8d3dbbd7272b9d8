import type {
  AccountOfflineLicense,
  OfflineLicenseStatus,
  OfflineLicenseTerms,
} from '@secure-player/protocol';

import { toSource } from '../source/to-source.js';
import type { OfflineLicenseGrant, OfflineLicenseCheck, OfflineLicenseList } from './offline-backend.js';
import { isObject, isSource } from './read-entitlement.js';

const STATUSES: readonly unknown[] = [
  'active',
  'expired',
  'revoked',
  'released',
] satisfies OfflineLicenseStatus[];

/** Reads the answer to `POST /v1/offline-licenses` and to a renewal; null for what is none. */
export function readOfflineLicense(value: unknown, baseUrl: string): OfflineLicenseGrant | null {
  if (!isObject(value) || !hasTexts(value, ['id', 'handle', 'contentId']) || !hasTerms(value)) return null;

  const { id, handle, contentId, expiresAt, startBy, playWithinSeconds, renewable, serverTime, source } =
    value;
  if (!isSource(source)) return null;
  return {
    ...{ id, handle, contentId, expiresAt, startBy, playWithinSeconds, renewable, serverTime },
    source: toSource(source, baseUrl),
  };
}

/** Reads the answer to `GET /v1/offline-licenses/:id` and to a report of a play; null for what is none. */
export function readOfflineCheck(value: unknown): OfflineLicenseCheck | null {
  if (!isObject(value) || !hasTexts(value, ['handle', 'contentId']) || !hasTerms(value)) return null;

  const { handle, contentId, expiresAt, startBy, playWithinSeconds, renewable, serverTime } = value;
  const { status, createdAt, renewedAt, firstPlayedAt, endedAt } = value;
  if (!isStatus(status) || typeof createdAt !== 'number') return null;
  if (!isTime(renewedAt) || !isTime(firstPlayedAt) || !isTime(endedAt)) return null;
  return {
    ...{ handle, contentId, status, createdAt, renewedAt, firstPlayedAt, endedAt },
    ...{ expiresAt, startBy, playWithinSeconds, renewable, serverTime },
  };
}

/** Reads the answer to `GET /v1/offline-licenses`; null for what is none. */
export function readOfflineLicenseList(value: unknown): OfflineLicenseList | null {
  if (!isObject(value)) return null;

  const { licenses, serverTime } = value;
  if (typeof serverTime !== 'number' || !Array.isArray(licenses)) return null;
  const read = licenses.map(readListed).filter((license) => license !== null);
  return read.length === licenses.length ? { licenses: read, serverTime } : null;
}

function readListed(value: unknown): AccountOfflineLicense | null {
  if (!isObject(value) || !hasTexts(value, ['handle', 'contentId', 'device', 'deviceId'])) return null;

  const { handle, contentId, device, deviceId, title, status, createdAt, renewedAt, expiresAt } = value;
  if (!isStatus(status) || (title !== null && typeof title !== 'string')) return null;
  if (typeof createdAt !== 'number' || !isTime(renewedAt) || !isTime(expiresAt)) return null;
  return { handle, contentId, title, device, deviceId, createdAt, renewedAt, expiresAt, status };
}

type Terms = OfflineLicenseTerms & { readonly renewable: boolean; readonly serverTime: number };

function hasTerms<T extends object>(value: T): value is T & Terms {
  const { expiresAt, startBy, playWithinSeconds, renewable, serverTime } = value as Record<string, unknown>;
  return (
    [expiresAt, startBy, playWithinSeconds].every(isTime) &&
    typeof renewable === 'boolean' &&
    typeof serverTime === 'number'
  );
}

function hasTexts<T extends object, Name extends string>(
  value: T,
  names: readonly Name[],
): value is T & Readonly<Record<Name, string>> {
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === 'string');
}

function isTime(value: unknown): value is number | null {
  return value === null || typeof value === 'number';
}

function isStatus(value: unknown): value is OfflineLicenseStatus {
  return STATUSES.includes(value);
}
