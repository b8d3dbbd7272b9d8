import type { OfflineLicenseRequest } from '@secure-player/protocol';

import type { AccountDirectory, AccountRecord } from '../accounts/account-directory.js';
import type { Identity } from '../accounts/authenticate.js';
import { ProblemError } from '../http/problem-error.js';
import type { PlanTable } from '../rights/plan-rules.js';
import { digestSecret, isOpaqueSecret } from '../secrets/opaque-secret.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import type {
  DevicePlace,
  OfflineLicense,
  OfflineLicenseStore,
  OpenOfflineOutcome,
  StoredTerms,
} from './offline-license-store.js';
import { statusOf } from './offline-terms.js';

/** What {@link OfflineLicenses} works with. */
export interface OfflineLicensesOptions {
  readonly store: OfflineLicenseStore;
  readonly accounts: AccountDirectory;
  readonly plans: PlanTable;
  readonly clock: Clock;
}

/** An offline license to open. Whether the title may be kept at all is the caller's to have checked. */
export interface OfflineOpening {
  /** The secret that the device is told. */
  readonly id: string;
  readonly request: OfflineLicenseRequest;
  readonly account: AccountRecord;
  readonly deviceId: string;
  /** In words for the account's owner. */
  readonly device: string;
  readonly terms: StoredTerms;
}

/** An offline license that is not over for good, and the account it belongs to as that is now. */
export interface UsableOfflineLicense {
  readonly license: OfflineLicense;
  readonly account: AccountRecord;
}

/**
 * Opens offline licenses, renews and ends them, and says whether one may be used. Its id is a secret: the device that knows it
 * acts for the account within one title, also when nobody is signed in there any more, until the license ends.
 */
export class OfflineLicenses {
  readonly #options: OfflineLicensesOptions;

  constructor(options: OfflineLicensesOptions) {
    this.#options = options;
  }

  /** One of this id that is there already is given back as it is. Throws `device-limit-reached`. */
  async open(opening: OfflineOpening): Promise<Exclude<OpenOfflineOutcome, { status: 'refused' }>> {
    const { id, request, account, deviceId, device, terms } = opening;
    const place = this.#placeFor(account);
    const opened = await this.#options.store.open(
      {
        ...terms,
        key: await digestSecret(id),
        accountId: account.id,
        deviceId,
        device,
        contentId: request.contentId,
        format: request.format,
        createdAt: place.now,
      },
      place,
    );
    if (opened.status === 'refused') throw noPlace();
    return opened;
  }

  /** The license of an id, whatever has become of it and whoever asks; undefined where there is none. */
  async look(id: string): Promise<OfflineLicense | undefined> {
    return isOpaqueSecret(id) ? this.#options.store.find(await digestSecret(id)) : undefined;
  }

  /** The license of an id, whatever has become of it, unless it is another account's than the bearer token's. */
  async find(id: string, bearer: Identity): Promise<OfflineLicense> {
    const license = await this.look(id);
    const isSomebodyElses = bearer.status === 'account' && license?.accountId !== bearer.account.id;
    // Somebody else's is as unknown as one that never was: a 403 would tell that the id is a good one.
    if (license === undefined || isSomebodyElses) throw new ProblemError('offline-license-unknown');
    return license;
  }

  /** The license of an id that is not over for good; it may have expired. */
  async use(id: string, bearer: Identity): Promise<UsableOfflineLicense> {
    const license = await this.find(id, bearer);
    if (license.end !== null) throw isOver(license.end.reason);

    const account = await this.#options.accounts.findById(license.accountId);
    if (account === undefined) throw isOver('revoked');
    return { license, account };
  }

  /** Refuses one whose term is over. */
  requireRunning(license: OfflineLicense): void {
    if (this.statusOf(license) === 'expired') throw new ProblemError('offline-license-expired');
  }

  /** Begins another term. One that had expired takes its place anew; throws `device-limit-reached` where that is gone. */
  async renew({ license, account }: UsableOfflineLicense, terms: StoredTerms): Promise<OfflineLicense> {
    const outcome = await this.#options.store.renew(license.key, terms, this.#placeFor(account));
    switch (outcome.status) {
      case 'granted':
        return outcome.license;
      case 'refused':
        throw noPlace();
      case 'over':
        throw outcome.license?.end ? isOver(outcome.license.end.reason) : unknown();
      default:
        return outcome satisfies never;
    }
  }

  /**
   * Says when the first play of this term began. A time before the term or after now is moved into it: a device's clock may be
   * wrong, and neither makes it last longer. The store knows which term it is by then.
   */
  async begin(license: OfflineLicense, startedAt: number | undefined): Promise<OfflineLicense> {
    const { store, clock } = this.#options;
    const now = clock();
    const begun = await store.begin(license.key, Math.min(now, startedAt ?? now));
    if (begun === undefined) throw unknown();
    return begun;
  }

  /** Its device gave it back. Once more is no error. */
  async release({ key }: OfflineLicense): Promise<void> {
    await this.#options.store.end(key, { reason: 'released', at: this.#options.clock() });
  }

  /** The account's owner revokes it, by its handle. Once more is no error; throws `offline-license-unknown`. */
  async revoke(accountId: string, handle: string): Promise<OfflineLicense> {
    const { store, clock } = this.#options;
    const license = await store.find(handle);
    if (license?.accountId !== accountId) throw unknown();

    await store.end(handle, { reason: 'revoked', at: clock() });
    return license;
  }

  /** The account's owner revokes all that one device keeps. */
  async revokeOf(accountId: string, deviceId: string): Promise<void> {
    const { store, clock } = this.#options;
    const licenses = await store.listOf(accountId);
    const kept = licenses.filter((license) => license.deviceId === deviceId && license.end === null);
    await Promise.all(kept.map(({ key }) => store.end(key, { reason: 'revoked', at: clock() })));
  }

  /** All of an account, newest first. */
  async listOf(accountId: string): Promise<readonly OfflineLicense[]> {
    return this.#options.store.listOf(accountId);
  }

  /** What has become of a license by now. */
  statusOf(license: OfflineLicense): ReturnType<typeof statusOf> {
    return statusOf(license, this.#options.clock());
  }

  #placeFor({ plan }: AccountRecord): DevicePlace {
    return { now: this.#options.clock(), limit: this.#options.plans[plan].offlineDevices };
  }
}

function isOver(reason: 'revoked' | 'released'): ProblemError {
  return new ProblemError(`offline-license-${reason}`);
}

function unknown(): ProblemError {
  return new ProblemError('offline-license-unknown');
}

function noPlace(): ProblemError {
  return new ProblemError('device-limit-reached', {
    detail: 'The account keeps titles offline on as many devices as its plan allows.',
  });
}
