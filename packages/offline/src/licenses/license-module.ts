import type { ResolvedKeySystem, Source } from '@secure-player/core';
import type { KeyId } from '@secure-player/protocol';

import type { KeptSession } from './license-record.js';

/** What is asked of a content decryption module about a license that it stores. */
export interface ModuleQuestion {
  readonly keySystem: ResolvedKeySystem;
  /** What `authorize` is shown. */
  readonly source: Source;
  readonly signal: AbortSignal;
}

/** What a module is to store a license for. */
export interface ModuleRequest extends ModuleQuestion {
  readonly initData: readonly { readonly type: string; readonly data: Uint8Array<ArrayBuffer> }[];
  readonly keyIds: readonly KeyId[];
  /** Told the id of each session before the license server is asked; the exchange waits for it. */
  readonly onSession: (sessionId: string) => Promise<void>;
}

/** The content decryption modules of a browser, as far as they store licenses. Every call is bounded in time. */
export interface LicenseModule {
  /** The first key system, in their order, that stores licenses in this browser; `null` where none does. */
  choose(
    keySystems: readonly ResolvedKeySystem[],
    initDataTypes: readonly string[],
  ): Promise<ResolvedKeySystem | null>;
  /**
   * Gets licenses and has them stored. Its sessions are closed when it resolves, as playback opens them anew.
   *
   * @throws PlaybackError; the signal's reason.
   */
  acquire(request: ModuleRequest): Promise<readonly KeptSession[]>;
  /** Whether a license is still there. @throws PlaybackError where that cannot be told, as while it is played. */
  holds(question: ModuleQuestion & { readonly sessionId: string }): Promise<boolean>;
  /**
   * Deletes a stored license and gives it back to its server. `gone` where the module has it no more, and has told nobody.
   *
   * @throws PlaybackError where the module or the server could not be brought to it.
   */
  release(question: ModuleQuestion & { readonly sessionId: string }): Promise<'acknowledged' | 'gone'>;
}
