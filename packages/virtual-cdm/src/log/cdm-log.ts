import type { HdcpLevel, KeyId } from '@secure-player/protocol';
import type { Clock } from '@secure-player/core';

import type { FaultReason, FaultStep } from '../faults/fault-plan.js';
import type { KeyStatus } from '../session/key-status.js';
import type { VirtualSessionType } from '../system/virtual-system.js';
import { exceptionNameOf, type ExceptionName } from '../webidl/exception.js';

/**
 * What a virtual CDM tells of its doings. There is no place for a key, the bytes of a message or init data: bytes are told
 * by their number, errors by their name.
 */
export interface CdmLogEntry {
  /** Epoch milliseconds, by the CDM's clock. */
  readonly at: number;
  readonly type: CdmLogType;
  readonly keySystem?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly sessionType?: VirtualSessionType | undefined;
  /** The call of EME that it is about. */
  readonly step?: FaultStep | undefined;
  readonly messageType?: string | undefined;
  /** How long a message, a response or a certificate was. */
  readonly byteLength?: number | undefined;
  readonly keyIds?: readonly KeyId[] | undefined;
  readonly keyStatuses?: readonly { readonly keyId: KeyId; readonly status: KeyStatus }[] | undefined;
  /** Epoch milliseconds; null where nothing ends. */
  readonly expiration?: number | null | undefined;
  readonly closedReason?: string | undefined;
  readonly hdcp?: HdcpLevel | undefined;
  /** The fault that has struck. */
  readonly reason?: FaultReason | undefined;
  /** What was thrown. */
  readonly name?: ExceptionName | 'Error' | undefined;
}

/**
 * - `access`, `access-refused`: `requestMediaKeySystemAccess()` or `decodingInfo()`.
 * - `call`, `call-failed`: any other call of EME; `step` says which.
 * - `message`, `key-statuses`, `closed`: what a session has told its page.
 * - `hdcp`, `fault`: what a test has done.
 * - `work-failed`: the virtual CDM itself has failed where no page was waiting.
 */
export type CdmLogType =
  | 'access'
  | 'access-refused'
  | 'call'
  | 'call-failed'
  | 'message'
  | 'key-statuses'
  | 'closed'
  | 'hdcp'
  | 'fault'
  | 'work-failed';

/** What is to be logged now. Of an `error` only the name is kept. */
export type CdmLogEvent = Omit<CdmLogEntry, 'at'> & { readonly error?: unknown };

const MAX_ENTRIES = 1000;

/** The newest 1,000 doings of a virtual CDM, for the developer of a test. */
export class CdmLog {
  readonly #clock: Pick<Clock, 'now'>;
  #entries: readonly CdmLogEntry[] = Object.freeze([]);

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** The oldest first. Frozen, plain data; the same array until something is added. */
  get entries(): readonly CdmLogEntry[] {
    return this.#entries;
  }

  add(event: CdmLogEvent): void {
    const entry = toEntry(event, this.#clock.now());
    this.#entries = Object.freeze([...this.#entries, entry].slice(-MAX_ENTRIES));
  }
}

/** Member by member: an object with more in it than its type says must not take that along. */
function toEntry(event: CdmLogEvent, at: number): CdmLogEntry {
  const entry: Required<CdmLogEntry> = {
    at,
    type: event.type,
    keySystem: event.keySystem,
    sessionId: event.sessionId,
    sessionType: event.sessionType,
    step: event.step,
    messageType: event.messageType,
    byteLength: event.byteLength,
    keyIds: event.keyIds && Object.freeze([...event.keyIds]),
    keyStatuses: event.keyStatuses && Object.freeze(event.keyStatuses.map(copyStatus)),
    expiration: event.expiration,
    closedReason: event.closedReason,
    hdcp: event.hdcp,
    reason: event.reason,
    name: event.name ?? (event.error === undefined ? undefined : exceptionNameOf(event.error)),
  };

  const members = Object.entries(entry).filter(([, value]) => value !== undefined);
  return Object.freeze(Object.fromEntries(members)) as unknown as CdmLogEntry;
}

function copyStatus({ keyId, status }: { keyId: KeyId; status: KeyStatus }) {
  return Object.freeze({ keyId, status });
}
