import {
  Authorizer,
  createHttpOfflineBackend,
  isPlaybackError,
  LicenseClient,
  type PlaybackErrorCode,
} from '@secure-player/core';
import type { LicensedTitle, OfflineLicense } from '@secure-player/offline';
import { createOfflineLicenses, type OwnedOfflineLicenses } from '@secure-player/offline/dom';
import { fromBase64, SYSTEM_IDS, writeKeyIdsInitData } from '@secure-player/protocol';
import type { Source } from '@secure-player/react';

/** What tests drive from outside: the licenses of downloads, without downloads and without a player. */
export interface OfflineLicensesPage {
  /** Reads what is kept. */
  start(options: StartOptions): Promise<void>;
  get(titleId: string): OfflineLicense | null;
  /** Answers with what went wrong. */
  acquire(title: TitleOptions): Promise<PlaybackErrorCode | null>;
  renew(title: TitleOptions): Promise<PlaybackErrorCode | null>;
  remove(titleId: string): Promise<void>;
  contact(): Promise<void>;
  /** The ids of the sessions that a player would load. */
  sessionIds(titleId: string): Promise<readonly string[]>;
  /** Loads a stored session as a player would, and tells the statuses of its keys; `null` where it is not there. */
  load(keySystem: string, sessionId: string): Promise<readonly string[] | null>;
  /** Gives a temporary session of the browser's Clear Key the license of the vault, and tells the statuses of its keys. */
  unlock(titleId: string, keyIds: readonly string[]): Promise<readonly string[]>;
  /** How many licenses are still to be given back. */
  due(): Promise<number>;
  /** All that is stored, its bytes as hex digits. */
  storedText(): Promise<string>;
}

export interface StartOptions {
  readonly token: string;
  /** Whether the server keeps a list of what is kept. */
  readonly isListed: boolean;
}

export interface TitleOptions {
  readonly source: Source & { readonly id: string };
  readonly keyIds: readonly string[];
  /** Whose PSSH boxes are taken from the manifest; `keyids` is made of the key ids. */
  readonly initData: 'widevine' | 'playready' | 'keyids';
}

declare global {
  interface Window {
    offlineLicenses: OfflineLicensesPage;
  }
}

const DATABASE = 'secure-player-licenses';
const { signal } = new AbortController();
let licenses: OwnedOfflineLicenses | null = null;

function started(): OwnedOfflineLicenses {
  if (!licenses) throw new Error('The page was not started.');
  return licenses;
}

function create({ token, isListed }: StartOptions): OwnedOfflineLicenses {
  const authorizer = new Authorizer({
    authorize: () => () => token,
    authorizedOrigins: () => [],
    pageUrl: () => document.baseURI,
    pageOrigin: () => location.origin,
  });

  return createOfflineLicenses({
    licenseClient: new LicenseClient({ authorizer }),
    authorizer,
    rights: isListed ? createHttpOfflineBackend({ baseUrl: '/', authorize: () => token }) : undefined,
  });
}

async function toTitle({ source, keyIds, initData }: TitleOptions): Promise<LicensedTitle> {
  const data =
    initData === 'keyids'
      ? [{ type: 'keyids', data: writeKeyIdsInitData(keyIds) }]
      : await readManifest(source.src, SYSTEM_IDS[initData]);

  return { id: source.id, source, keyIds, keyUrls: [], initData: data };
}

async function readManifest(url: string, systemId: string): Promise<LicensedTitle['initData']> {
  const manifest = new DOMParser().parseFromString(await (await fetch(url)).text(), 'text/xml');
  const systems = [...manifest.getElementsByTagName('ContentProtection')].filter(
    (element) => element.getAttribute('schemeIdUri')?.toLowerCase() === `urn:uuid:${systemId}`,
  );

  return systems.flatMap((element) => {
    const pssh = element.getElementsByTagNameNS('urn:mpeg:cenc:2013', 'pssh')[0]?.textContent?.trim();
    return pssh ? [{ type: 'cenc', data: fromBase64(pssh) }] : [];
  });
}

async function codeOf(work: Promise<void>): Promise<PlaybackErrorCode | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (isPlaybackError(error)) return error.code;
    throw error;
  }
}

async function createMediaKeys(
  keySystem: string,
  sessionType: 'temporary' | 'persistent-license',
): Promise<MediaKeys> {
  const access = await navigator.requestMediaKeySystemAccess(keySystem, [
    {
      initDataTypes: ['cenc', 'keyids'],
      videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.42E01E"' }],
      persistentState: sessionType === 'temporary' ? 'optional' : 'required',
      sessionTypes: [sessionType],
    },
  ]);

  return access.createMediaKeys();
}

function statusesOf({ keyStatuses }: MediaKeySession): readonly string[] {
  const statuses: string[] = [];
  keyStatuses.forEach((status) => statuses.push(status));

  return statuses;
}

/** What lies in the database, beside the licenses that work on it. */
async function readStores(names: readonly string[]): Promise<unknown[][]> {
  const database = await resultOf(indexedDB.open(DATABASE));
  const stores = await Promise.all(
    names.map((name) => resultOf(database.transaction(name).objectStore(name).getAll())),
  );
  database.close();

  return stores;
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

function toText(_name: string, value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value;
  return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

window.offlineLicenses = {
  async start(options) {
    licenses = create(options);
    await licenses.start();
  },
  get: (titleId) => started().get(titleId),
  acquire: async (title) => codeOf(started().acquire(await toTitle(title), { signal })),
  renew: async (title) => codeOf(started().renew(await toTitle(title), { signal })),
  remove: (titleId) => started().remove(titleId),
  contact: () => started().contact({ signal }),
  async sessionIds(titleId) {
    const opened = await started().open(titleId);
    return opened.mode === 'persistent' ? opened.sessions.map(({ sessionId }) => sessionId) : [];
  },
  async load(keySystem, sessionId) {
    const session = (await createMediaKeys(keySystem, 'persistent-license')).createSession(
      'persistent-license',
    );
    if (!(await session.load(sessionId))) return null;

    const statuses = statusesOf(session);
    await session.close();
    return statuses;
  },
  async unlock(titleId, keyIds) {
    const opened = await started().open(titleId);
    if (opened.mode !== 'vault') throw new Error('It is not in the vault.');
    const session = (await createMediaKeys('org.w3.clearkey', 'temporary')).createSession();
    const asked = new Promise<Uint8Array>((resolve) => {
      session.addEventListener('message', ({ message }) => resolve(new Uint8Array(message)), { once: true });
    });
    await session.generateRequest('keyids', writeKeyIdsInitData(keyIds));
    await session.update(await opened.answer(await asked));

    const statuses = statusesOf(session);
    await session.close();
    return statuses;
  },
  async due() {
    const [releases = []] = await readStores(['releases']);
    return releases.length;
  },
  async storedText() {
    return JSON.stringify(await readStores(['licenses', 'releases', 'facts']), toText);
  },
};
