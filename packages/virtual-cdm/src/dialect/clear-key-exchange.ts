import {
  isProtocolError,
  fromHex,
  readClearKeyLicenseWithPolicy,
  readKeyIdsInitData,
  toBase64Url,
  type KeyId,
} from '@secure-player/protocol';

import type {
  DestroyedLicense,
  IncomingMessage,
  LicenseDemand,
  LicenseExchange,
  OutgoingMessage,
} from './dialect.js';

/** Key ids of WebM have any length. */
const LIMITS = { anyKeyIdLength: true };

/**
 * Clear Key's JSON (https://www.w3.org/TR/encrypted-media-2/#clear-key), under whatever key system's name. Policies ride
 * along as members that Clear Key does not define.
 */
export class ClearKeyExchange implements LicenseExchange {
  #isReleased = false;

  async request({ keyIds, sessionType }: LicenseDemand): Promise<OutgoingMessage> {
    return { type: 'license-request', bytes: toJson({ kids: toKids(keyIds), type: sessionType }) };
  }

  async receive(response: Uint8Array<ArrayBuffer>): Promise<IncomingMessage> {
    if (this.#isReleased) {
      readAcknowledgement(response);
      return { kind: 'release-acknowledgement' };
    }

    const { keys, type = 'temporary', policy = {} } = readLicense(response);
    return {
      kind: 'license',
      accepted: () => {},
      license: {
        licenseId: '',
        keys: keys.map(({ keyId, key, policy: keyPolicy = {} }) => ({ keyId, key, policy: keyPolicy })),
        policy: { canPersist: type === 'persistent-license', ...policy },
        isRenewal: false,
        isPersistent: type === 'persistent-license',
      },
    };
  }

  async renew(): Promise<null> {
    return null;
  }

  async release(_: LicenseDemand, { keyIds, usage }: DestroyedLicense): Promise<OutgoingMessage> {
    this.#isReleased = true;
    // The two times are those of the usage record that EME had until 2021; a license release has the key ids alone.
    const record = usage && { firstTime: usage.firstUsedAt, latestTime: usage.lastUsedAt };
    return { type: 'license-release', bytes: toJson({ kids: toKids(keyIds), ...record }) };
  }

  resume(): void {
    // Clear Key's messages do not refer to one another.
  }
}

function readLicense(response: Uint8Array): ReturnType<typeof readClearKeyLicenseWithPolicy> {
  return orTypeError(() => readClearKeyLicenseWithPolicy(response, LIMITS));
}

/** "A JSON object encoded in UTF-8" is all that EME asks of it; what it lists is checked where it lists anything. */
function readAcknowledgement(response: Uint8Array): void {
  orTypeError(() => readKeyIdsInitData(response, LIMITS));
}

function orTypeError<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!isProtocolError(error)) throw error;
    throw new TypeError(`Invalid response: ${error.message}.`, { cause: error });
  }
}

function toKids(keyIds: readonly KeyId[]): string[] {
  return keyIds.map((keyId) => toBase64Url(fromHex(keyId)));
}

function toJson(value: object): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}
