import { isPlaybackError, type PlaybackError } from '@secure-player/core';

import type { RequestedKeyIds } from './init-data-forms.js';
import type { LicenseHandler } from './intercept-licenses.js';
import type { ShakaRequest } from './shaka-namespace.js';

/** Every key there is: what was asked for could not be read. */
const ALL = 'all';

/** What has become of the license requests of one title. */
export class LicenseLedger {
  readonly #keyIdsOf: RequestedKeyIds;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #failedRenewals = new WeakSet<PlaybackError>();
  #asked: Set<string> | typeof ALL = new Set();
  #answered: ReadonlySet<string> | typeof ALL = new Set();
  #failure: PlaybackError | null = null;
  #lastWasRenewal = false;

  constructor(keyIdsOf: RequestedKeyIds) {
    this.#keyIdsOf = keyIdsOf;
  }

  /** Passes requests on, and takes note of them. */
  keep(handle: LicenseHandler): LicenseHandler {
    return async (url, request, signal) => {
      // What becomes of a license that is given back says nothing about keys that are missing.
      if (request.licenseRequestType === 'license-release') return handle(url, request, signal);

      const isRenewal = request.licenseRequestType === 'license-renewal';
      this.#note(request);
      const license = handle(url, request, signal);
      this.#underWay.add(license);

      try {
        const bytes = await license;
        this.#failure = null;
        return bytes;
      } catch (error) {
        if (isPlaybackError(error)) this.noteFailure(error, isRenewal);
        throw error;
      } finally {
        this.#underWay.delete(license);
        this.#lastWasRenewal = isRenewal;
      }
    };
  }

  /** Says that no request will tell which keys there are: the page has given all that there will ever be. */
  expectAllKeys(): void {
    this.#asked = ALL;
  }

  /** Takes note that the statuses of the keys are those after all licenses which have come so far. */
  noteKeyStatuses(): void {
    if (!this.isWaiting) this.#answered = this.#asked === ALL ? ALL : new Set(this.#asked);
  }

  /** Notes why a license did not come, or was of no use. */
  noteFailure(error: PlaybackError, isRenewal: boolean): void {
    this.#failure = error;
    if (isRenewal) this.#failedRenewals.add(error);
  }

  /** Whether a license is on its way. */
  get isWaiting(): boolean {
    return this.#underWay.size > 0;
  }

  /** Why the last license did not come; null where it did. Where keys are missing later on, this is why. */
  get failure(): PlaybackError | null {
    return this.#failure;
  }

  /** Whether the last answer was one to a renewal. */
  get lastWasRenewal(): boolean {
    return this.#lastWasRenewal;
  }

  /** Whether a failure is one of a renewal: the license that was to be renewed is good until it ends. */
  isFailedRenewal(error: PlaybackError): boolean {
    return this.#failedRenewals.has(error);
  }

  /** Whether a key was asked for and the answer is known, so that a key without a status is one that did not come. */
  isAnswered(keyId: string): boolean {
    return this.#answered === ALL || this.#answered.has(keyId);
  }

  /** Waits for the licenses that are under way; each ends in time, by the license client. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  #note(request: ShakaRequest): void {
    const isFirst = (request.licenseRequestType ?? 'license-request') === 'license-request';
    if (!isFirst || this.#asked === ALL) return;

    const keyIds = this.#keyIdsOf(request);
    if (keyIds.length === 0) this.#asked = ALL;
    else for (const keyId of keyIds) this.#asked.add(keyId);
  }
}
