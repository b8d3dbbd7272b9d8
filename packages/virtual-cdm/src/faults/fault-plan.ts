import { VirtualCdmError } from '../virtual-cdm-error.js';
import { createException, EXCEPTION_NAMES, type ExceptionName } from '../webidl/exception.js';

/** Where a page can be made to fail. */
export const FAULT_STEPS = Object.freeze([
  'request-access',
  'create-media-keys',
  'set-server-certificate',
  'set-media-keys',
  'generate-request',
  'message',
  'load',
  'update',
  'remove',
  'close',
] as const);

/**
 * A call of EME, or `message`: the event that a CDM sends. `request-access` is also `decodingInfo()` for a virtual key system,
 * which says of NotSupportedError that nothing is supported, and rejects with every other error. One fault is for one call:
 * a player that asks once for each variant has one variant less by it, and plays none if as many faults are planned.
 */
export type FaultStep = (typeof FAULT_STEPS)[number];

/**
 * How a step fails:
 *
 * - the name of an error: the promise is rejected with it;
 * - `silent`: the promise never settles, or the message never comes;
 * - `internal-error`: the CDM breaks down, and its sessions close with that reason.
 */
export type FaultReason = ExceptionName | 'silent' | 'internal-error';

const FAULT_REASONS: readonly FaultReason[] = Object.freeze([...EXCEPTION_NAMES, 'silent', 'internal-error']);

/** The faults that a test has planned. Each strikes once; those of one step strike in the order of their planning. */
export class FaultPlan {
  readonly #reasons = new Map<FaultStep, FaultReason[]>();

  /** @throws VirtualCdmError `invalid-options` for a step or a reason that there is not; nothing is planned then. */
  failNext(step: FaultStep, reason: FaultReason): void {
    requireOneOf(FAULT_STEPS, step, 'step');
    requireOneOf(FAULT_REASONS, reason, 'reason');
    if (step === 'message' && isExceptionName(reason)) {
      throw new VirtualCdmError(
        'invalid-options',
        'A message is an event, and has no promise to reject: plan silent or internal-error for it.',
      );
    }

    this.#reasons.set(step, [...(this.#reasons.get(step) ?? []), reason]);
  }

  /** Whether a fault is planned for a step. */
  has(step: FaultStep): boolean {
    return (this.#reasons.get(step)?.length ?? 0) > 0;
  }

  /** The next fault of a step, which is then used up; undefined where none is planned. */
  take(step: FaultStep): FaultReason | undefined {
    return this.#reasons.get(step)?.shift();
  }
}

/** The error that a promise is rejected with. A CDM that breaks down is in no state to go on. */
export function toException(reason: Exclude<FaultReason, 'silent'>): Error {
  return reason === 'internal-error'
    ? createException('InvalidStateError', 'The CDM has broken down, as the test planned it.')
    : createException(reason, 'The virtual CDM fails here, as the test planned it.');
}

function isExceptionName(reason: FaultReason): reason is ExceptionName {
  return reason !== 'silent' && reason !== 'internal-error';
}

function requireOneOf(allowed: readonly string[], value: unknown, what: string): void {
  if (allowed.some((candidate) => candidate === value)) return;

  throw new VirtualCdmError('invalid-options', `The ${what} must be one of ${allowed.join(', ')}.`);
}
