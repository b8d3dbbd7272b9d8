import {
  isPlaybackError,
  PlaybackError,
  resolveKeySystems,
  type ResolvedKeySystem,
  type Source,
} from '@secure-player/core';

import { askRights } from './ask-rights.js';
import { releaseOfSession, releasesOf } from './due-release.js';
import { fetchClearKeys } from './fetch-clear-keys.js';
import { fetchUrlKey } from './fetch-url-key.js';
import { grantedSource } from './granted-source.js';
import type { LicenseDesk } from './license-desk.js';
import type { LicenseHolder, LicenseRecord, WrappedKey } from './license-record.js';
import { NO_TERMS, toTerms, type LicenseTerms } from './license-terms.js';
import type { LicensedTitle } from './offline-licenses.js';
import type { OfflineGrant } from './offline-rights.js';
import { planLicense, type LicensePlan } from './plan-license.js';
import { toStoredSource } from './to-stored-source.js';

/** A license on its way. */
interface Acquisition {
  readonly title: LicensedTitle;
  readonly source: Source;
  readonly plan: LicensePlan;
  /** What there was before; it stays until the new one is stored. */
  readonly kept: LicenseRecord | null;
  readonly base: Pick<LicenseRecord, 'titleId' | 'keyIds' | 'terms' | 'rightsId' | 'source'>;
  readonly signal: AbortSignal;
}

/** What came of one. */
interface Acquired {
  readonly holder: LicenseHolder;
  readonly bounds: LicenseTerms;
  /** What was due as long as it was under way, and is not any more. */
  readonly settle: readonly string[];
}

/** Gets licenses and stores them. Its callers hold the lock of the title. */
export class LicenseAcquirer {
  readonly #desk: LicenseDesk;

  constructor(desk: LicenseDesk) {
    this.#desk = desk;
  }

  /**
   * Gets a license in the best mode that there is, in place of what is kept of it.
   *
   * @throws PlaybackError; the signal's reason. What is kept then stays.
   */
  async acquire(title: LicensedTitle, kept: LicenseRecord | null, signal: AbortSignal): Promise<void> {
    const { book } = this.#desk;
    const plan = await planLicense(title, this.#desk.module);
    signal.throwIfAborted();
    const acquisition = await this.#begin(title, plan, kept, signal);

    const urlKeys = await this.#keepUrlKeys(acquisition);
    const { holder, bounds, settle } = await this.#obtain(acquisition);
    await book.commit({
      keep: { ...acquisition.base, standing: 'stored', holder, urlKeys, bounds, firstPlay: null },
      owe: outdated(kept),
      settle,
    });
    book.saveTime();
  }

  /** Asks the server of rights, where there is one and the license is one to be kept. */
  async #begin(
    title: LicensedTitle,
    plan: LicensePlan,
    kept: LicenseRecord | null,
    signal: AbortSignal,
  ): Promise<Acquisition> {
    const { rights, book, completeSource } = this.#desk;
    const isKept = plan.mode === 'persistent' || plan.mode === 'vault';
    const grant = isKept && rights ? await this.#grant(title, kept, signal) : null;
    const source = grant ? completeSource(grantedSource(title.source, grant.source)) : title.source;
    const base = {
      titleId: title.id,
      keyIds: title.keyIds,
      source: toStoredSource(source),
      rightsId: grant?.id ?? null,
      terms: grant ? toTerms(grant) : NO_TERMS,
    };
    if (grant) {
      book.noteServerTime(grant.serverTime);
      // Kept before the license is there, or a crash would leave one on the server's list that nobody here knows of.
      if (!kept) await book.commit({ keep: pendingRecord(base, plan) });
      else if (kept.rightsId !== grant.id) await book.commit({ keep: withRightsId(kept, grant.id) });
    }

    return { title, source, plan, kept, base, signal };
  }

  async #grant(title: LicensedTitle, kept: LicenseRecord | null, signal: AbortSignal): Promise<OfflineGrant> {
    const { clock, rights } = this.#desk;
    const known = kept?.standing === 'revoked' ? null : (kept?.rightsId ?? null);
    if (!rights) throw new PlaybackError('download-unsupported');
    if (known !== null) {
      try {
        return await askRights((options) => rights.renew(known, options), { clock, signal });
      } catch (error) {
        // The server has forgotten it: another one is begun.
        if (!isPlaybackError(error) || error.code !== 'stored-license-missing') throw error;
      }
    }

    const { id, source } = title;
    return askRights((options) => rights.open({ ...source, id }, options), { clock, signal });
  }

  async #obtain(acquisition: Acquisition): Promise<Acquired> {
    const { plan } = acquisition;
    switch (plan.mode) {
      case 'persistent':
        return this.#obtainFromModule(acquisition, plan.keySystem);
      case 'vault':
        return this.#obtainForVault(acquisition, plan.keySystem);
      case 'none':
      case 'online-license':
        return { holder: { mode: plan.mode }, bounds: NO_TERMS, settle: [] };
      default:
        return plan satisfies never;
    }
  }

  async #obtainFromModule(acquisition: Acquisition, chosen: ResolvedKeySystem): Promise<Acquired> {
    const { title, source, base, signal } = acquisition;
    const { module, book } = this.#desk;
    const keySystem = servedBy(source, chosen);
    const begun: string[] = [];
    const sessions = await module.acquire({
      keySystem,
      source,
      initData: title.initData,
      keyIds: title.keyIds,
      signal,
      onSession: async (sessionId) => {
        const release = releaseOfSession(base, keySystem.name, sessionId);
        begun.push(release.id);
        await book.commit({ owe: [release] });
      },
    });

    const holder = { mode: 'persistent', keySystem: keySystem.name, sessions } as const;
    return { holder, bounds: NO_TERMS, settle: begun };
  }

  async #obtainForVault(acquisition: Acquisition, chosen: ResolvedKeySystem | null): Promise<Acquired> {
    const { title, source, signal } = acquisition;
    const nothing = { mode: 'vault', keySystem: null, keys: [] } as const;
    if (!chosen) return { holder: nothing, bounds: NO_TERMS, settle: [] };

    const { licenseClient, vault, now } = this.#desk;
    const { keys, bounds } = await fetchClearKeys({
      keySystem: servedBy(source, chosen),
      source,
      keyIds: title.keyIds,
      initData: title.initData[0] ?? null,
      licenseClient,
      now: now(),
      signal,
    });
    const wrapped: WrappedKey[] = [];
    for (const [keyId, key] of keys) wrapped.push(await vault.wrap(title.id, keyId, key));

    return {
      holder: { mode: 'vault', keySystem: chosen.name, keys: wrapped },
      bounds,
      settle: [],
    };
  }

  async #keepUrlKeys({ title, source, signal }: Acquisition): Promise<WrappedKey[]> {
    const { vault, authorizer, fetch, clock } = this.#desk;
    const wrapped: WrappedKey[] = [];
    for (const url of new Set(title.keyUrls)) {
      const key = await fetchUrlKey({ url, source, authorizer, fetch, clock, signal });
      wrapped.push(await vault.wrap(title.id, url, key));
    }

    return wrapped;
  }
}

function pendingRecord(base: Acquisition['base'], plan: LicensePlan): LicenseRecord {
  const holder = emptyHolder(plan);

  return { ...base, standing: 'pending', holder, urlKeys: [], bounds: NO_TERMS, firstPlay: null };
}

/** The key system as the source now has it: a grant names other addresses. @throws PlaybackError `download-unsupported` */
function servedBy(source: Source, { name }: ResolvedKeySystem): ResolvedKeySystem {
  const keySystems = resolveKeySystems(source.drm, source.preferredKeySystems, 'source.');
  const served = keySystems.find((keySystem) => keySystem.name === name);
  if (served) return served;

  throw new PlaybackError('download-unsupported', {
    message: `The server of rights names no license server for ${name}.`,
  });
}

/** A license that the server does not know any more, or has taken back, with the id of the one to come. */
function withRightsId(kept: LicenseRecord, rightsId: string): LicenseRecord {
  return { ...kept, rightsId, standing: kept.standing === 'revoked' ? 'pending' : kept.standing };
}

/** Who is to hold the license, and has none yet. */
function emptyHolder(plan: LicensePlan): LicenseHolder {
  switch (plan.mode) {
    case 'persistent':
      return { mode: 'persistent', keySystem: plan.keySystem.name, sessions: [] };
    case 'vault':
      return { mode: 'vault', keySystem: plan.keySystem?.name ?? null, keys: [] };
    case 'none':
    case 'online-license':
      return { mode: plan.mode };
    default:
      return plan satisfies never;
  }
}

/** The sessions that the new license takes the place of. */
function outdated(kept: LicenseRecord | null) {
  return releasesOf(kept).filter(({ kind }) => kind === 'session');
}
