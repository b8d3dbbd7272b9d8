import { PlaybackError, type LicenseClient, type ResolvedKeySystem, type Source } from '@secure-player/core';
import {
  fromHex,
  isProtocolError,
  parseKeyId,
  readClearKeyLicense,
  readClearKeyLicenseWithPolicy,
  writeClearKeyLicenseRequest,
  type ClearKeyLicense,
  type KeyId,
  type LicensePolicy,
} from '@secure-player/protocol';

import { NO_TERMS, type LicenseTerms } from './license-terms.js';

/** What Clear Key keys are got with. */
export interface ClearKeysRequest {
  readonly keySystem: ResolvedKeySystem;
  readonly source: Source;
  readonly keyIds: readonly KeyId[];
  readonly initData: { readonly type: string; readonly data: Uint8Array<ArrayBuffer> } | null;
  readonly licenseClient: LicenseClient;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Content keys in clear: they are wrapped at once, and shown to nobody. */
export interface ClearKeys {
  readonly keys: ReadonlyMap<KeyId, Uint8Array<ArrayBuffer>>;
  /** What the license says of its end. */
  readonly bounds: LicenseTerms;
}

/**
 * Gets the Clear Key keys of a title without a module: from the page, or from its license server as a module would. Keys that
 * nobody asked for are dropped.
 *
 * @throws PlaybackError, `key-missing` where one of them is not given; the signal's reason.
 */
export async function fetchClearKeys(request: ClearKeysRequest): Promise<ClearKeys> {
  const { keySystem, keyIds, now } = request;
  const given = keySystem.configuration.keys;
  const license = given ? licenseOf(given) : await fetchLicense(request);
  const byId = new Map(license.keys.map(({ keyId, key }) => [keyId, key] as const));
  const keys = new Map<KeyId, Uint8Array<ArrayBuffer>>();
  for (const keyId of keyIds) {
    const key = byId.get(keyId);
    if (key) keys.set(keyId, key);
  }
  if (keys.size === keyIds.length && keys.size > 0) return { keys, bounds: boundsOf(license.policy, now) };

  const missing = keyIds.length - keys.size;
  throw new PlaybackError('key-missing', {
    message: `The license lacks ${missing} of the ${keyIds.length} keys that are downloaded for.`,
  });
}

async function fetchLicense(request: ClearKeysRequest): Promise<ClearKeyLicense> {
  const { keySystem, source, keyIds, initData, licenseClient, signal } = request;
  const bytes = await licenseClient.acquire({
    url: keySystem.configuration.licenseUrl ?? '',
    // It is going to be stored, and a server may allow that or not.
    message: writeClearKeyLicenseRequest({ kids: keyIds, type: 'persistent-license' }),
    messageType: 'license-request',
    keySystem: keySystem.name,
    configuration: keySystem.configuration,
    source,
    sessionId: '',
    initDataType: initData?.type ?? null,
    initData: initData?.data ?? null,
    keyIds,
    signal,
  });

  try {
    return readLicense(bytes);
  } finally {
    bytes.fill(0);
  }
}

/** A policy that is not of this project's kind binds nobody here. */
function readLicense(bytes: Uint8Array): ClearKeyLicense {
  try {
    return readClearKeyLicenseWithPolicy(bytes);
  } catch (error) {
    if (!isProtocolError(error)) throw error;
    return readPlain(bytes);
  }
}

function readPlain(bytes: Uint8Array): ClearKeyLicense {
  try {
    return readClearKeyLicense(bytes);
  } catch {
    // What is wrong with it could quote it.
    throw new PlaybackError('license-malformed');
  }
}

function licenseOf(keys: Readonly<Record<string, string>>): ClearKeyLicense {
  return {
    keys: Object.entries(keys).map(([keyId, key]) => ({ keyId: parseKeyId(keyId), key: fromHex(key) })),
  };
}

/** No module enforces a policy here, so it is kept beside the keys. */
function boundsOf(policy: LicensePolicy | undefined, now: number): LicenseTerms {
  if (!policy) return NO_TERMS;

  const { notAfter, licenseDurationSeconds, rentalDurationSeconds, playbackDurationSeconds } = policy;
  const after = (seconds: number | undefined) => (seconds === undefined ? [] : [now + seconds * 1000]);
  const ends = [...(notAfter === undefined ? [] : [notAfter]), ...after(licenseDurationSeconds)];

  return {
    ...NO_TERMS,
    expiresAt: ends.length === 0 ? null : Math.min(...ends),
    startBy: after(rentalDurationSeconds)[0] ?? null,
    playWithinSeconds: playbackDurationSeconds ?? null,
  };
}
