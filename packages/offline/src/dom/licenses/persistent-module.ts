import {
  isSameBytes,
  loadKeyIdReader,
  PlaybackError,
  type Authorizer,
  type Clock,
  type LicenseClient,
  type ResolvedKeySystem,
} from '@secure-player/core';
import { createMediaKeys } from '@secure-player/core/dom';
import { readPsshBoxes, SYSTEM_IDS, writeKeyIdsInitData, writePsshBox } from '@secure-player/protocol';

import type { LicenseModule, ModuleQuestion, ModuleRequest } from '../../licenses/license-module.js';
import type { KeptSession } from '../../licenses/license-record.js';
import { acquireSession } from './acquire-session.js';
import { isStored, releaseSession } from './release-session.js';
import { requestPersistentAccess, type RequestAccess } from './request-persistent-access.js';
import { joinBytes } from '../../bytes/join-bytes.js';

/** Options of {@link PersistentModule}. */
export interface PersistentModuleOptions {
  /** `null` where the browser has no Encrypted Media Extensions. */
  readonly requestAccess: RequestAccess | null;
  readonly licenseClient: LicenseClient;
  readonly authorizer: Authorizer;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

type StoredQuestion = ModuleQuestion & { readonly sessionId: string };

/** The content decryption modules of a browser, without a media element. */
export class PersistentModule implements LicenseModule {
  readonly #options: PersistentModuleOptions;

  constructor(options: PersistentModuleOptions) {
    this.#options = options;
  }

  async choose(
    keySystems: readonly ResolvedKeySystem[],
    initDataTypes: readonly string[],
  ): Promise<ResolvedKeySystem | null> {
    for (const keySystem of keySystems) {
      const access = await this.#access(keySystem, initDataTypes).catch(() => null);
      if (access) return keySystem;
    }

    return null;
  }

  async acquire(request: ModuleRequest): Promise<readonly KeptSession[]> {
    const { keySystem, source, keyIds, signal, onSession } = request;
    const { licenseClient, clock } = this.#options;
    const initData = initDataFor(request);
    const types = [...new Set(initData.map(({ type }) => type))];
    const mediaKeys = await this.#mediaKeys(keySystem, types);
    const readKeyIds = await loadKeyIdReader(keySystem.name);

    const sessions: KeptSession[] = [];
    for (const { type, data } of withoutRepeats(initData)) {
      signal.throwIfAborted();
      const named = new Set(readKeyIds({ type, bytes: narrowToSystem(type, data, keySystem.name) }));
      const kept = await acquireSession({
        mediaKeys,
        keySystem,
        source,
        initDataType: type,
        initData: data,
        keyIds: keyIds.filter((keyId) => named.has(keyId)),
        licenseClient,
        clock,
        signal,
        onSession,
      });
      sessions.push(kept);
    }
    requireAll(keyIds, sessions);

    return sessions;
  }

  async holds({ keySystem, sessionId }: StoredQuestion): Promise<boolean> {
    const mediaKeys = await this.#mediaKeys(keySystem, []);

    return isStored({ mediaKeys, sessionId, clock: this.#options.clock });
  }

  async release({ keySystem, source, sessionId, signal }: StoredQuestion): Promise<'acknowledged' | 'gone'> {
    const { licenseClient, clock } = this.#options;
    const mediaKeys = await this.#mediaKeys(keySystem, []);

    return releaseSession({ mediaKeys, sessionId, keySystem, source, licenseClient, clock, signal });
  }

  async #access(keySystem: ResolvedKeySystem, initDataTypes: readonly string[]) {
    const { requestAccess, clock } = this.#options;
    if (!requestAccess) throw new PlaybackError('drm-disabled');

    return requestPersistentAccess({ keySystem, initDataTypes, requestAccess, clock });
  }

  async #mediaKeys(keySystem: ResolvedKeySystem, initDataTypes: readonly string[]): Promise<MediaKeys> {
    return createMediaKeys(await this.#access(keySystem, initDataTypes), this.#options);
  }
}

/**
 * Clear Key asks for key ids and nothing else, in one message for all of them. Firefox makes no request that is to be stored
 * from the boxes of several systems.
 */
function initDataFor({ keySystem, initData, keyIds }: ModuleRequest): ModuleRequest['initData'] {
  if (keySystem.name !== 'org.w3.clearkey' || keyIds.length === 0) return initData;
  return [{ type: 'keyids', data: writeKeyIdsInitData(keyIds) }];
}

/** Each init data once. Those that name the same keys otherwise stay apart: a player asks for a session for each. */
function withoutRepeats(initData: ModuleRequest['initData']): ModuleRequest['initData'] {
  return initData.filter(
    ({ type, data }, index) =>
      initData.findIndex((other) => other.type === type && isSameBytes(other.data, data)) === index,
  );
}

/**
 * Of `pssh` boxes those that the module reads: each system has its own beside the common one, and they may name different
 * keys. All where it has none of its own.
 */
function narrowToSystem(type: string, data: Uint8Array, keySystem: string): Uint8Array {
  const systemId = SYSTEMS.find(({ prefix }) => keySystem.startsWith(prefix))?.systemId;
  if (type !== 'cenc' || systemId === undefined) return data;

  const own = readPsshBoxes(data).filter((box) => box.systemId === systemId);
  return own.length === 0 ? data : joinBytes(own.map((box) => writePsshBox(box)));
}

const SYSTEMS = [
  { prefix: 'com.widevine.', systemId: SYSTEM_IDS.widevine },
  { prefix: 'com.microsoft.playready', systemId: SYSTEM_IDS.playready },
];

function requireAll(keyIds: readonly string[], sessions: readonly KeptSession[]): void {
  const held = new Set(sessions.flatMap((session) => session.keyIds));
  const missing = keyIds.filter((keyId) => !held.has(keyId));
  if (missing.length === 0) return;

  throw new PlaybackError('key-missing', {
    message: `The licenses lack ${missing.length} of the ${keyIds.length} keys that are downloaded for.`,
  });
}
