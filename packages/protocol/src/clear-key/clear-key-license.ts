import { fromBase64Url, toBase64Url } from '../bytes/base64.js';
import { toHex } from '../bytes/hex.js';
import { keyIdToBase64Url, type KeyId } from '../key-id/key-id.js';
import { ProtocolError } from '../protocol-error.js';
import { isJsonObject, type JsonObject } from '../json/json-object.js';
import type { KeyPolicy, LicensePolicy } from '../policy/license-policy.js';
import { readKeyPolicyJson, readLicensePolicyJson } from '../policy/policy-json.js';
import { readList, readMessage, type ClearKeyLimits } from './clear-key-message.js';
import { readKid } from './key-ids-init-data.js';
import { readSessionType, type ClearKeySessionType } from './session-type.js';

/** One content key. It is a secret as long as the license is on its way: never log it. */
export interface ClearKeyLicenseKey {
  readonly keyId: KeyId;
  /** 16 bytes. */
  readonly key: Uint8Array<ArrayBuffer>;
  /** What the virtual CDM enforces, in a member that other CDMs ignore. */
  readonly policy?: KeyPolicy | undefined;
}

/** A Clear Key license: a JWK set (https://www.w3.org/TR/encrypted-media-2/#clear-key-license-format). */
export interface ClearKeyLicense {
  readonly keys: readonly ClearKeyLicenseKey[];
  /** @default 'temporary' */
  readonly type?: ClearKeySessionType | undefined;
  /** What the virtual CDM enforces, in a member that other CDMs ignore. */
  readonly policy?: LicensePolicy | undefined;
}

const KEY_BYTES = 16;

/**
 * Reads a license. Members that EME does not define are ignored, on the set and on each key, policies too: this is what
 * a player checks an answer with. A key that is listed twice is given once; two different keys for one key id are
 * `invalid-value`, because players would differ in which one they take.
 */
export function readClearKeyLicense(bytes: Uint8Array, limits: ClearKeyLimits = {}): ClearKeyLicense {
  return readLicense(readMessage(bytes, 'license', limits), limits, readKey);
}

/**
 * Reads a license together with the policies in it, which the virtual CDM enforces and every other one ignores. A policy
 * of a shape that is not ours is an error. Two policies for one key are `invalid-value`.
 */
export function readClearKeyLicenseWithPolicy(
  bytes: Uint8Array,
  limits: ClearKeyLimits = {},
): ClearKeyLicense {
  const license = readMessage(bytes, 'license', limits);
  const { policy } = license;
  return {
    ...readLicense(license, limits, readKeyWithPolicy),
    ...(policy !== undefined && { policy: readLicensePolicyJson(policy, 'policy') }),
  };
}

/** Writes a license. The rules for repeated keys are those of {@link readClearKeyLicenseWithPolicy}. */
export function writeClearKeyLicense(license: ClearKeyLicense): Uint8Array<ArrayBuffer> {
  const { keys, type, policy } = license;
  if (keys.length === 0) {
    throw new ProtocolError('invalid-value', 'keys', 'must not be empty; refuse the request instead');
  }
  const jwks = withoutRepeats(keys.map(toWrittenKey)).map((key, index) => ({
    kty: 'oct',
    kid: keyIdToBase64Url(key.keyId, `keys[${index}].kid`),
    k: toBase64Url(key.key),
    ...(key.policy !== undefined && { policy: key.policy }),
  }));
  return new TextEncoder().encode(
    JSON.stringify({
      keys: jwks,
      ...(type !== undefined && { type: readSessionType(type) }),
      ...(policy !== undefined && { policy: readLicensePolicyJson(policy, 'policy') }),
    }),
  );
}

function readLicense(
  license: JsonObject,
  limits: ClearKeyLimits,
  read: (jwk: unknown, field: string, limits: ClearKeyLimits) => ClearKeyLicenseKey,
): ClearKeyLicense {
  const keys = readList(license, 'keys', limits).map((jwk, index) => read(jwk, `keys[${index}]`, limits));
  const { type } = license;
  return {
    keys: withoutRepeats(keys),
    ...(type !== undefined && { type: readSessionType(type) }),
  };
}

function readKey(jwk: unknown, field: string, limits: ClearKeyLimits): ClearKeyLicenseKey {
  if (!isJsonObject(jwk)) {
    throw new ProtocolError('malformed', field, 'must be a JSON object');
  }
  const { kty, kid, k } = jwk;
  if (kty !== 'oct') {
    throw new ProtocolError('unsupported', `${field}.kty`, 'must be `oct`');
  }
  if (typeof k !== 'string') {
    throw new ProtocolError('malformed', `${field}.k`, 'must be a string');
  }
  const key = fromBase64Url(k, `${field}.k`);
  checkKeyLength(key, `${field}.k`);
  return { keyId: readKid(kid, `${field}.kid`, limits), key };
}

function readKeyWithPolicy(jwk: unknown, field: string, limits: ClearKeyLimits): ClearKeyLicenseKey {
  const key = readKey(jwk, field, limits);
  const policy = isJsonObject(jwk) ? jwk['policy'] : undefined;
  return policy === undefined ? key : { ...key, policy: readKeyPolicyJson(policy, `${field}.policy`) };
}

function toWrittenKey({ keyId, key, policy }: ClearKeyLicenseKey, index: number): ClearKeyLicenseKey {
  checkKeyLength(key, `keys[${index}].k`);
  return policy === undefined
    ? { keyId, key }
    : { keyId, key, policy: readKeyPolicyJson(policy, `keys[${index}].policy`) };
}

function checkKeyLength(key: Uint8Array, field: string): void {
  if (key.length !== KEY_BYTES) {
    throw new ProtocolError('invalid-value', field, `must be ${KEY_BYTES} bytes, not ${key.length}`);
  }
}

function withoutRepeats(keys: readonly ClearKeyLicenseKey[]): ClearKeyLicenseKey[] {
  const byKeyId = new Map<KeyId, ClearKeyLicenseKey>();
  keys.forEach((key, index) => {
    const known = byKeyId.get(key.keyId);
    if (known !== undefined && fingerprint(known) !== fingerprint(key)) {
      throw new ProtocolError(
        'invalid-value',
        `keys[${index}]`,
        'differs from an earlier key of this key id',
      );
    }
    byKeyId.set(key.keyId, known ?? key);
  });
  return [...byKeyId.values()];
}

function fingerprint({ key, policy }: ClearKeyLicenseKey): string {
  return JSON.stringify([toHex(key), policy]);
}
