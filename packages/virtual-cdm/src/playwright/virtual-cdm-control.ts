import type { HdcpLevel } from '@secure-player/protocol';
import type { Frame, Page } from '@playwright/test';

import type { ManualClock } from '../clock/manual-clock.js';
import type { VirtualCdmHandle } from '../handle/virtual-cdm-handle.js';

type FailNext = Parameters<VirtualCdmHandle['failNext']>;

/** The steps that are taken in a page: those of the handle that give nothing back, and the manual clock's. */
type Step = 'advance' | Exclude<keyof VirtualCdmHandle, 'sessions' | 'log' | 'clock' | 'settled'>;

/**
 * A page's virtual CDM, from the test's side. Each call resolves once the page has been told of all that it has caused, and
 * rejects where there is no virtual CDM.
 */
export class VirtualCdmControl {
  readonly #place: Page | Frame;

  constructor(place: Page | Frame) {
    this.#place = place;
  }

  /** The virtual CDM of another page or of a frame: each document has one of its own. */
  in(place: Page | Frame): VirtualCdmControl {
    return new VirtualCdmControl(place);
  }

  /** All sessions that have asked for a license or were loaded; the closed ones first. */
  sessions(): Promise<VirtualCdmHandle['sessions']> {
    return this.#read('sessions');
  }

  /** What has happened in the document. */
  log(): Promise<VirtualCdmHandle['log']> {
    return this.#read('log');
  }

  /** Ends every license with this key. */
  expire(keyId: string): Promise<void> {
    return this.#do('expire', keyId);
  }

  /** Restricts the output of a key, or lifts that again. */
  restrictOutput(keyId: string, isRestricted = true): Promise<void> {
    return this.#do('restrictOutput', keyId, isRestricted);
  }

  /** Changes what HDCP the virtual display has. */
  setHdcp(level: HdcpLevel): Promise<void> {
    return this.#do('setHdcp', level);
  }

  /** Lets every license ask for its renewal now. */
  renewNow(): Promise<void> {
    return this.#do('renewNow');
  }

  /** Closes every session with `hardware-context-reset`. */
  resetHardware(): Promise<void> {
    return this.#do('resetHardware');
  }

  /** Closes every session with `resource-evicted`. */
  evict(): Promise<void> {
    return this.#do('evict');
  }

  /** Makes a step fail the next time that the page takes it. */
  failNext(...[step, reason]: FailNext): Promise<void> {
    return this.#do('failNext', step, reason);
  }

  /** Gives the device a root key, 32 hex digits, by another way than a license. */
  addRootKey(keyId: string, key: string): Promise<void> {
    return this.#do('addRootKey', keyId, key);
  }

  /**
   * Moves the document's clock, where the test asked for `clock: 'manual'`. What becomes due on the way happens as of its
   * time, but nobody answers meanwhile: to have a license renewed move to its renewal first, and on when it has come.
   */
  advance(seconds: number): Promise<void> {
    return this.#do('advance', seconds);
  }

  /** Gives the document its own EME back, in mid-play too. */
  uninstall(): Promise<void> {
    return this.#do('uninstall');
  }

  #read<What extends 'sessions' | 'log'>(what: What): Promise<VirtualCdmHandle[What]> {
    return this.#place.evaluate(readFromHandle, { what }) as Promise<VirtualCdmHandle[What]>;
  }

  async #do(step: Step, ...args: unknown[]): Promise<void> {
    await this.#place.evaluate(takeStep, { step, args });
  }
}

/** Runs in the page, so that it stands by itself. */
function readFromHandle({ what }: { what: 'sessions' | 'log' }): unknown {
  const handle = Reflect.get(globalThis, Symbol.for('@secure-player/virtual-cdm')) as
    | VirtualCdmHandle
    | undefined;
  if (!handle) throw new Error('This document has no virtual CDM: set the option `virtualCdm` of the test.');

  return handle[what];
}

/** Runs in the page, so that it stands by itself. */
async function takeStep({ step, args }: { step: Step; args: unknown[] }): Promise<void> {
  const handle = Reflect.get(globalThis, Symbol.for('@secure-player/virtual-cdm')) as
    | VirtualCdmHandle
    | undefined;
  if (!handle) throw new Error('This document has no virtual CDM: set the option `virtualCdm` of the test.');

  const target = step === 'advance' ? (handle.clock as ManualClock) : handle;
  const method = Reflect.get(target, step) as ((...args: unknown[]) => void) | undefined;
  if (!method) throw new Error("The clock of this virtual CDM moves by itself: ask for `clock: 'manual'`.");

  Reflect.apply(method, target, args);
  await handle.settled();
}
