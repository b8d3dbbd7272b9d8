import { isPlaybackError, resolveKeySystems, type ResolvedKeySystem, type Source } from '@secure-player/core';
import { writeKeyIdsInitData } from '@secure-player/protocol';

import type { DueRelease, SessionRelease } from './due-release.js';
import type { LicenseDesk } from './license-desk.js';
import { withoutRightsId } from './without-rights-id.js';

/** The words in which the server's list is told where no module tells it. */
const CLEAR_KEY = 'org.w3.clearkey';

/**
 * Gives back what is due. Whatever cannot be given back now stays due. Its callers hold the lock of the title, so that nothing is
 * given back that is just being got.
 */
export class LicenseReleaser {
  readonly #desk: LicenseDesk;

  constructor(desk: LicenseDesk) {
    this.#desk = desk;
  }

  /** Gives back all that is due of a title. Never rejects. */
  async settle(titleId: string, signal: AbortSignal): Promise<void> {
    const { store, book } = this.#desk;
    try {
      const due = (await store.dueReleases()).filter((release) => release.titleId === titleId);
      for (const release of due) {
        if (signal.aborted) return;
        if (await this.#release(release, signal)) await book.commit({ settle: [release.id] });
      }
    } catch {
      // A store that fails leaves everything due.
    }
  }

  /** Whether nothing is left to do. */
  async #release(release: DueRelease, signal: AbortSignal): Promise<boolean> {
    const record = await this.#desk.book.read(release.titleId);
    const isGone = record?.rightsId !== release.rightsId;
    const source = this.#desk.completeSource(
      release.rightsId === null || isGone
        ? release.source
        : withoutRightsId(release.source, release.rightsId),
    );

    try {
      if (release.kind === 'session' && (await this.#releaseSession(release, source, signal))) return true;
      // The server's list still has what no module has told it of.
      return release.rightsId === null || !isGone || (await this.#tellList(release, source, signal));
    } catch {
      return false;
    }
  }

  /**
   * Whether the module has told the server; it may have had nothing to tell.
   *
   * @throws PlaybackError where the module still has it.
   */
  async #releaseSession(release: SessionRelease, source: Source, signal: AbortSignal): Promise<boolean> {
    const keySystem = findKeySystem(source, release.keySystem);
    const { sessionId } = release;
    const end = await this.#desk.module.release({ keySystem, source, sessionId, signal });

    return end === 'acknowledged';
  }

  async #tellList({ keyIds }: DueRelease, source: Source, signal: AbortSignal): Promise<boolean> {
    if (source.drm?.[CLEAR_KEY]?.licenseUrl === undefined || keyIds.length === 0) return true;

    const { name, configuration } = findKeySystem(source, CLEAR_KEY);
    try {
      await this.#desk.licenseClient.acquire({
        url: configuration.licenseUrl ?? '',
        message: writeKeyIdsInitData(keyIds),
        messageType: 'license-release',
        keySystem: name,
        configuration,
        source,
        sessionId: '',
        initDataType: null,
        initData: null,
        keyIds,
        signal,
      });
      return true;
    } catch (error) {
      // A server that does not want it will not want it later either; one that fails may.
      return isPlaybackError(error) && isRefusal(error.httpStatus);
    }
  }
}

function isRefusal(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500 && ![401, 408, 429].includes(status);
}

/** @throws where the source does not have it, or is none. */
function findKeySystem(source: Source, name: string): ResolvedKeySystem {
  const keySystems = resolveKeySystems(source.drm, source.preferredKeySystems, 'source.');
  const found = keySystems.find((keySystem) => keySystem.name === name);
  if (!found) throw new Error(`The source has no ${name}.`);

  return found;
}
