import { Authorizer, LicenseClient, type Source } from '@secure-player/core';
import { writeKeyIdsInitData } from '@secure-player/protocol';
import { clearkey } from '@secure-player/virtual-cdm';
import { createMemoryCdm, type MemoryCdm } from '@secure-player/virtual-cdm/memory';
import { vi } from 'vitest';

import type { LicensedTitle } from '../../licenses/offline-licenses.js';
import type { OfflineGrant, OfflineRights, OfflineRightsCheck } from '../../licenses/offline-rights.js';
import { createManualClock, type ManualClock } from '../../licenses/testing/manual-clock.js';
import { MemoryLicenseStore } from '../../licenses/testing/memory-license-store.js';
import { createOfflineLicenses, type OfflineLicensesOptions } from '../create-offline-licenses.js';
import type { RequestAccess } from '../licenses/request-persistent-access.js';
import { createClearKeyServer, KEY_IDS } from './clear-key-server.js';

export const LICENSE_URL = 'https://license.example/clearkey';

/** What a test asks licenses for. */
export function titleOf(
  change: Partial<LicensedTitle> & { readonly drm?: Source['drm'] } = {},
): LicensedTitle {
  const { drm = { 'org.w3.clearkey': { licenseUrl: LICENSE_URL } }, ...rest } = change;

  return {
    id: 'film',
    source: { src: 'https://media.example/film.mpd', id: 'film', drm },
    initData: [{ type: 'keyids', data: writeKeyIdsInitData(KEY_IDS) }],
    keyIds: KEY_IDS,
    keyUrls: [],
    ...rest,
  };
}

/** A server of rights that tests speak for. */
export function createRights(change: Partial<OfflineGrant> = {}) {
  const grants = { count: 0 };
  const grant = (): OfflineGrant => {
    grants.count += 1;
    const id = `secret-${grants.count}`;
    return {
      id,
      source: {
        src: 'https://media.example/film.mpd',
        drm: { 'org.w3.clearkey': { licenseUrl: `${LICENSE_URL}?offline=${id}` } },
      },
      expiresAt: null,
      playWithinSeconds: null,
      renewable: true,
      serverTime: 1_800_000_000_000,
      ...change,
    };
  };
  const check = (): OfflineRightsCheck => ({
    status: 'active',
    expiresAt: null,
    playWithinSeconds: null,
    renewable: true,
    serverTime: 1_800_000_000_000,
    ...change,
  });

  return {
    open: vi.fn<OfflineRights['open']>(async () => grant()),
    renew: vi.fn<OfflineRights['renew']>(async (id) => ({
      ...grant(),
      id,
      source: {
        src: 'https://media.example/film.mpd',
        drm: { 'org.w3.clearkey': { licenseUrl: `${LICENSE_URL}?offline=${id}` } },
      },
    })),
    check: vi.fn<OfflineRights['check']>(async () => check()),
    reportFirstPlay: vi.fn<OfflineRights['reportFirstPlay']>(async () => {}),
  };
}

/** Which parts are a test's own. */
export interface LicensesSetup extends Pick<OfflineLicensesOptions, 'rights' | 'completeSource' | 'news'> {
  /** A browser whose modules store licenses, or not. @default true */
  readonly isPersistent?: boolean | undefined;
  readonly requestAccess?: RequestAccess | undefined;
}

/** Licenses over a module, a server and a store of a test, and another page of the same browser. */
export function setupLicenses({ isPersistent = true, requestAccess, ...options }: LicensesSetup = {}) {
  const clock = createManualClock();
  const store = new MemoryLicenseStore();
  const server = createClearKeyServer();
  const sessionTypes = isPersistent
    ? (['temporary', 'persistent-license'] as const)
    : (['temporary'] as const);
  const cdm = createMemoryCdm({ systems: [clearkey({ sessionTypes })], clock });
  const authorizer = new Authorizer({
    authorize: () => undefined,
    authorizedOrigins: () => [],
    pageUrl: () => 'https://page.example/',
    pageOrigin: () => 'https://page.example',
  });
  const licenseClient = new LicenseClient({ authorizer, fetch: server.fetch, clock, random: () => 0 });
  const newPage = () =>
    createOfflineLicenses({
      licenseClient,
      authorizer,
      fetch: server.fetch,
      clock,
      monotonicNow: () => clock.monotonicNow(),
      store,
      news: { post: () => {}, listen: () => () => {} },
      requestMediaKeySystemAccess: requestAccess ?? accessOf(cdm),
      ...options,
    });

  return { licenses: newPage(), newPage, clock, store, server, cdm, signal: new AbortController().signal };
}

/** The virtual module in the place of the browser's. */
function accessOf(cdm: MemoryCdm): RequestAccess {
  return cdm.requestMediaKeySystemAccess as unknown as RequestAccess;
}

/** The sessions that the record of a title names. */
export function sessionIdsOf(store: MemoryLicenseStore, titleId = 'film'): readonly string[] {
  const holder = store.licenses.get(titleId)?.holder;

  return holder?.mode === 'persistent' ? holder.sessions.map(({ sessionId }) => sessionId) : [];
}

/** Lets the time go on while something waits for it. */
export async function keepMoving<Result>(clock: ManualClock, waiting: Promise<Result>): Promise<Result> {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  waiting.then(over, over);
  while (!isOver) {
    clock.advance(100);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }

  return waiting;
}

/** Opens a stored session as a player does, and tells what keys it has. */
export async function loadSession(
  cdm: MemoryCdm,
  sessionId: string,
  whileOpen: (session: MediaKeySession) => Promise<void> = async () => {},
): Promise<{ isThere: boolean; keys: number }> {
  const access = await accessOf(cdm)('org.w3.clearkey', [
    {
      initDataTypes: ['keyids'],
      videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.42E01E"' }],
      persistentState: 'required',
      sessionTypes: ['persistent-license'],
    },
  ]);
  const session = (await access.createMediaKeys()).createSession('persistent-license');
  const isThere = await session.load(sessionId);
  const keys = session.keyStatuses.size;
  await whileOpen(session);
  // One that found nothing was never opened.
  if (isThere) await session.close();

  return { isThere, keys };
}
