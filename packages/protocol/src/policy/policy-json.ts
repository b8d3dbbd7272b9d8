import { isJsonObject, type JsonObject } from '../json/json-object.js';
import { ProtocolError } from '../protocol-error.js';
import { HDCP_LEVELS } from './hdcp-level.js';
import {
  KEY_USES,
  SECURITY_LEVELS,
  type KeyPolicy,
  type LicensePolicy,
  type LicenseRenewal,
} from './license-policy.js';

/**
 * Reads a license's policy from JSON. Unknown members are ignored; a known one of another shape is an error, because a
 * bound that is passed over would be no bound. `field` names the policy in errors.
 */
export function readLicensePolicyJson(value: unknown, field: string): LicensePolicy {
  const policy = toObject(value, field);
  const { renewal, canPersist } = policy;
  if (canPersist !== undefined && typeof canPersist !== 'boolean') {
    throw new ProtocolError('malformed', `${field}.canPersist`, 'must be true or false');
  }
  return {
    ...readNumbers(policy, LICENSE_NUMBERS, field),
    ...(renewal !== undefined && { renewal: readRenewal(renewal, `${field}.renewal`) }),
    ...(canPersist !== undefined && { canPersist }),
  };
}

/** Reads a key's policy from JSON, by the same rules. */
export function readKeyPolicyJson(value: unknown, field: string): KeyPolicy {
  const policy = toObject(value, field);
  const { minHdcp, minSecurityLevel, use } = policy;
  return {
    ...(minHdcp !== undefined && { minHdcp: readWord(minHdcp, HDCP_LEVELS, `${field}.minHdcp`) }),
    ...(minSecurityLevel !== undefined && {
      minSecurityLevel: readWord(minSecurityLevel, SECURITY_LEVELS, `${field}.minSecurityLevel`),
    }),
    ...(use !== undefined && { use: readWord(use, KEY_USES, `${field}.use`) }),
  };
}

const LICENSE_NUMBERS = [
  'notBefore',
  'notAfter',
  'licenseDurationSeconds',
  'rentalDurationSeconds',
  'playbackDurationSeconds',
] as const;

const RENEWAL_NUMBERS = ['delaySeconds', 'retrySeconds', 'graceSeconds'] as const;

function readRenewal(value: unknown, field: string): LicenseRenewal {
  const { delaySeconds, ...rest } = readNumbers(toObject(value, field), RENEWAL_NUMBERS, field);
  if (delaySeconds === undefined) {
    throw new ProtocolError('malformed', `${field}.delaySeconds`, 'is missing');
  }
  return { delaySeconds, ...rest };
}

function readNumbers<Name extends string>(
  object: JsonObject,
  names: readonly Name[],
  field: string,
): { [N in Name]?: number } {
  const numbers: { [N in Name]?: number } = {};
  for (const name of names) {
    const value = object[name];
    if (value === undefined) continue;

    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
      throw new ProtocolError('malformed', `${field}.${name}`, 'must be a number from 0 on');
    }
    numbers[name] = value;
  }
  return numbers;
}

function readWord<Word extends string>(value: unknown, words: readonly Word[], field: string): Word {
  const word = words.find((known) => known === value);
  if (word !== undefined) return word;

  throw new ProtocolError('invalid-value', field, `must be one of ${words.join(', ')}`);
}

function toObject(value: unknown, field: string): JsonObject {
  if (isJsonObject(value)) return value;

  throw new ProtocolError('malformed', field, 'must be a JSON object');
}
