import { HDCP_LEVELS } from '../policy/hdcp-level.js';
import {
  KEY_USES,
  SECURITY_LEVELS,
  type KeyPolicy,
  type LicensePolicy,
  type LicenseRenewal,
} from '../policy/license-policy.js';
import { ProtobufMessage, ProtobufWriter } from '../protobuf/protobuf-message.js';
import { MAX_MILLISECONDS_BYTES, readMilliseconds, writeMilliseconds } from './milliseconds.js';

/** Field numbers of a license's policy. */
const NOT_BEFORE = 1;
const NOT_AFTER = 2;
const LICENSE_DURATION = 3;
const RENTAL_DURATION = 4;
const PLAYBACK_DURATION = 5;
const RENEWAL = 6;
const CAN_PERSIST = 7;

/** Field numbers of `renewal`. */
const RENEWAL_DELAY = 1;
const RENEWAL_RETRY = 2;
const RENEWAL_GRACE = 3;

/** Field numbers of a key's policy. */
const MIN_HDCP = 1;
const MIN_SECURITY_LEVEL = 2;
const USE = 3;

/** In the order of their numbers: a boolean that may be absent is a word of two. */
const BOOLEANS = ['false', 'true'] as const;

/** Writes a license's policy. A member that is absent stays absent. */
export function writeLicensePolicy(policy: LicensePolicy, name: string): Uint8Array<ArrayBuffer> {
  const { renewal, canPersist } = policy;
  return new ProtobufWriter()
    .text(NOT_BEFORE, toDigits(policy.notBefore, `${name}.notBefore`))
    .text(NOT_AFTER, toDigits(policy.notAfter, `${name}.notAfter`))
    .text(LICENSE_DURATION, secondsToDigits(policy.licenseDurationSeconds, `${name}.licenseDurationSeconds`))
    .text(RENTAL_DURATION, secondsToDigits(policy.rentalDurationSeconds, `${name}.rentalDurationSeconds`))
    .text(
      PLAYBACK_DURATION,
      secondsToDigits(policy.playbackDurationSeconds, `${name}.playbackDurationSeconds`),
    )
    .bytes(RENEWAL, renewal && writeRenewal(renewal, `${name}.renewal`))
    .word(CAN_PERSIST, canPersist === undefined ? undefined : `${canPersist}`, BOOLEANS, `${name}.canPersist`)
    .toBytes();
}

/** Reads what {@link writeLicensePolicy} writes. */
export function readLicensePolicy(bytes: Uint8Array, name: string): LicensePolicy {
  const message = ProtobufMessage.read(bytes, name);
  const renewal = message.optionalBytes(RENEWAL, 'renewal');
  const canPersist = message.optionalWord(CAN_PERSIST, 'canPersist', BOOLEANS);
  return withoutAbsent({
    notBefore: readNumber(message, NOT_BEFORE, 'notBefore', name),
    notAfter: readNumber(message, NOT_AFTER, 'notAfter', name),
    licenseDurationSeconds: readSeconds(message, LICENSE_DURATION, 'licenseDurationSeconds', name),
    rentalDurationSeconds: readSeconds(message, RENTAL_DURATION, 'rentalDurationSeconds', name),
    playbackDurationSeconds: readSeconds(message, PLAYBACK_DURATION, 'playbackDurationSeconds', name),
    renewal: renewal && readRenewal(renewal, `${name}.renewal`),
    canPersist: canPersist && canPersist === 'true',
  });
}

/** Writes a key's policy. */
export function writeKeyPolicy(policy: KeyPolicy, name: string): Uint8Array<ArrayBuffer> {
  return new ProtobufWriter()
    .word(MIN_HDCP, policy.minHdcp, HDCP_LEVELS, `${name}.minHdcp`)
    .word(MIN_SECURITY_LEVEL, policy.minSecurityLevel, SECURITY_LEVELS, `${name}.minSecurityLevel`)
    .word(USE, policy.use, KEY_USES, `${name}.use`)
    .toBytes();
}

/** Reads what {@link writeKeyPolicy} writes. */
export function readKeyPolicy(bytes: Uint8Array, name: string): KeyPolicy {
  const message = ProtobufMessage.read(bytes, name);
  return withoutAbsent({
    minHdcp: message.optionalWord(MIN_HDCP, 'minHdcp', HDCP_LEVELS),
    minSecurityLevel: message.optionalWord(MIN_SECURITY_LEVEL, 'minSecurityLevel', SECURITY_LEVELS),
    use: message.optionalWord(USE, 'use', KEY_USES),
  });
}

function writeRenewal(renewal: LicenseRenewal, name: string): Uint8Array<ArrayBuffer> {
  return new ProtobufWriter()
    .text(RENEWAL_DELAY, secondsToDigits(renewal.delaySeconds, `${name}.delaySeconds`))
    .text(RENEWAL_RETRY, secondsToDigits(renewal.retrySeconds, `${name}.retrySeconds`))
    .text(RENEWAL_GRACE, secondsToDigits(renewal.graceSeconds, `${name}.graceSeconds`))
    .toBytes();
}

function readRenewal(bytes: Uint8Array, name: string): LicenseRenewal {
  const message = ProtobufMessage.read(bytes, name);
  const delay = message.text(RENEWAL_DELAY, 'delaySeconds', MAX_MILLISECONDS_BYTES);
  return withoutAbsent({
    delaySeconds: readMilliseconds(delay, `${name}.delaySeconds`) / 1000,
    retrySeconds: readSeconds(message, RENEWAL_RETRY, 'retrySeconds', name),
    graceSeconds: readSeconds(message, RENEWAL_GRACE, 'graceSeconds', name),
  });
}

function toDigits(milliseconds: number | undefined, field: string): string | undefined {
  return milliseconds === undefined ? undefined : writeMilliseconds(milliseconds, field);
}

function secondsToDigits(seconds: number | undefined, field: string): string | undefined {
  return seconds === undefined ? undefined : writeMilliseconds(seconds * 1000, field);
}

function readNumber(
  message: ProtobufMessage,
  number: number,
  field: string,
  name: string,
): number | undefined {
  const digits = message.optionalText(number, field, MAX_MILLISECONDS_BYTES);
  return digits === undefined ? undefined : readMilliseconds(digits, `${name}.${field}`);
}

function readSeconds(
  message: ProtobufMessage,
  number: number,
  field: string,
  name: string,
): number | undefined {
  const milliseconds = readNumber(message, number, field, name);
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}

/** Absent members are left out, so that a policy reads back as it was given. */
function withoutAbsent<Policy extends object>(policy: Policy): Policy {
  const entries = Object.entries(policy).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Policy;
}
