import { OwnedExpiringMap, type Clock } from '../storage/owned-expiring-map.js';
import {
  LICENSES_PER_ACCOUNT,
  REMEMBERED_AFTER_END_MS,
  type DevicePlace,
  type NewOfflineLicense,
  type OfflineLicense,
  type OfflineLicenseEnd,
  type OfflineLicenseStore,
  type OpenOfflineOutcome,
  type RenewOfflineOutcome,
  type StoredTerms,
} from './offline-license-store.js';

/** Keeps offline licenses in memory, a bounded number per account. Nothing here waits, so each call is one step. */
export class InMemoryOfflineLicenseStore implements OfflineLicenseStore {
  readonly #licenses: OwnedExpiringMap<OfflineLicense>;

  constructor(clock: Clock) {
    this.#licenses = new OwnedExpiringMap({ clock, limit: () => LICENSES_PER_ACCOUNT });
  }

  async open(opened: NewOfflineLicense, place: DevicePlace): Promise<OpenOfflineOutcome> {
    const known = this.#licenses.get(opened.key);
    if (known !== undefined) return { status: 'exists', license: known };
    if (!this.#hasRoom(opened, place)) return { status: 'refused' };

    const license = { ...opened, renewedAt: null, firstPlayedAt: null, end: null };
    return { status: 'granted', license: this.#keep(license) };
  }

  async find(key: string): Promise<OfflineLicense | undefined> {
    return this.#licenses.get(key);
  }

  async renew(key: string, terms: StoredTerms, place: DevicePlace): Promise<RenewOfflineOutcome> {
    const license = this.#licenses.get(key);
    if (license === undefined || license.end !== null) return { status: 'over', license };
    if (!this.#hasRoom(license, place)) return { status: 'refused' };

    const renewed = { ...license, ...terms, renewedAt: place.now, firstPlayedAt: null };
    return { status: 'granted', license: this.#keep(renewed) };
  }

  async begin(key: string, at: number): Promise<OfflineLicense | undefined> {
    const license = this.#licenses.get(key);
    if (license === undefined || license.firstPlayedAt !== null) return license;

    const { createdAt, renewedAt, expiresAt, playWithinMs } = license;
    const firstPlayedAt = Math.max(at, renewedAt ?? createdAt);
    const windowEnd = playWithinMs === null ? null : firstPlayedAt + playWithinMs;
    const ends = [expiresAt, windowEnd].filter((end) => end !== null);
    return this.#keep({
      ...license,
      firstPlayedAt,
      expiresAt: ends.length === 0 ? null : Math.min(...ends),
    });
  }

  async end(key: string, end: OfflineLicenseEnd): Promise<void> {
    const license = this.#licenses.get(key);
    if (license?.end === null) this.#keep({ ...license, end });
  }

  async listOf(accountId: string): Promise<readonly OfflineLicense[]> {
    const newestFirst: OfflineLicense[] = [];
    for (const license of this.#licenses.valuesOf(accountId)) newestFirst.unshift(license);
    return newestFirst.sort((a, b) => b.createdAt - a.createdAt);
  }

  #hasRoom(
    { accountId, deviceId }: Pick<OfflineLicense, 'accountId' | 'deviceId'>,
    { now, limit }: DevicePlace,
  ): boolean {
    if (limit === null) return true;

    const holders = this.#licenses
      .valuesOf(accountId)
      .filter(({ end, expiresAt }) => end === null && (expiresAt === null || expiresAt > now))
      .map((license) => license.deviceId);
    const devices = new Set(holders);
    return devices.has(deviceId) || devices.size < limit;
  }

  #keep(license: OfflineLicense): OfflineLicense {
    const { accountId, key, end, expiresAt } = license;
    const endsAt = Math.min(end?.at ?? Number.POSITIVE_INFINITY, expiresAt ?? Number.POSITIVE_INFINITY);
    this.#licenses.set(accountId, key, license, endsAt + REMEMBERED_AFTER_END_MS);
    return license;
  }
}
