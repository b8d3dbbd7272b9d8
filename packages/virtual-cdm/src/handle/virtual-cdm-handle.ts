import type { Clock } from '@secure-player/core';
import { parseKeyId, fromHex, type HdcpLevel } from '@secure-player/protocol';

import type { SessionSnapshot } from '../cdm/session-snapshot.js';
import type { VirtualCdm } from '../cdm/virtual-cdm.js';
import type { FaultReason, FaultStep } from '../faults/fault-plan.js';
import type { CdmLogEntry } from '../log/cdm-log.js';
import { VirtualCdmError } from '../virtual-cdm-error.js';

/** What a test holds a virtual CDM by. Every call takes effect by itself, in tasks of its own, as a real CDM's changes do. */
export interface VirtualCdmHandle {
  /** All sessions that have asked for a license or were loaded; the closed ones first. */
  readonly sessions: readonly SessionSnapshot[];
  /** What happened, the newest 1,000 entries; no key and no message is in it. */
  readonly log: readonly CdmLogEntry[];
  readonly clock: Clock;
  /** Ends every license with this key. Throws a VirtualCdmError `unknown-key` where none has it. */
  expire(keyId: string): void;
  /** Restricts the output of a key, or lifts that again. Throws a VirtualCdmError `unknown-key` where no session has it. */
  restrictOutput(keyId: string, isRestricted?: boolean): void;
  /** Changes what HDCP the virtual display has. */
  setHdcp(level: HdcpLevel): void;
  /** Lets every license ask for its renewal now; Clear Key has none. */
  renewNow(): void;
  /** Closes every session with `hardware-context-reset`, as after sleep. */
  resetHardware(): void;
  /** Closes every session with `resource-evicted`. What is stored stays stored. */
  evict(): void;
  /** Makes a step fail the next time that the page takes it, by this exception, by silence, or by the CDM's breakdown. */
  failNext(step: FaultStep, reason: FaultReason): void;
  /** Gives the device a root key by another way than a license: the side channel of the key rotation proposal. */
  addRootKey(keyId: string, key: string): void;
  /** Resolves when all that the calls before have caused has happened, and the page has been told of it. */
  settled(): Promise<void>;
  /** Ends it all: sessions close with `internal-error`, and the place is as it was before. */
  uninstall(): void;
}

export function createHandle(cdm: VirtualCdm, uninstall: () => void): VirtualCdmHandle {
  return {
    get sessions() {
      return cdm.sessions;
    },
    get log() {
      return cdm.log.entries;
    },
    clock: cdm.environment.clock,
    expire: (keyId) => cdm.expire(readKeyId(keyId)),
    restrictOutput: (keyId, isRestricted) => cdm.restrictOutput(readKeyId(keyId), isRestricted),
    setHdcp: (level) => cdm.setHdcp(level),
    renewNow: () => cdm.renewNow(),
    resetHardware: () => cdm.resetHardware(),
    evict: () => cdm.evict(),
    failNext: (step, reason) => cdm.failNext(step, reason),
    addRootKey: (keyId, key) => cdm.addRootKey(readKeyId(keyId), readKey(key)),
    settled: () => cdm.settled(),
    uninstall,
  };
}

function readKeyId(text: string): string {
  try {
    return parseKeyId(text);
  } catch (cause) {
    throw new VirtualCdmError('invalid-options', 'The key id must be 32 hex digits, a GUID or base64url.', {
      cause,
    });
  }
}

/** Without a cause: what was given may be a key with a typing error. */
function readKey(text: string): Uint8Array<ArrayBuffer> {
  if (/^[0-9a-f]{32}$/i.test(text)) return fromHex(text);

  throw new VirtualCdmError('invalid-options', 'The root key must be 32 hex digits.');
}
