import {
  PlaybackError,
  SnapshotStore,
  toPlaybackError,
  type OfflineTitle,
  type Pictures,
  type ResolvedSource,
  type Source,
} from '@secure-player/core';

import type { TitleRow } from '../titles/title-row.js';
import { wantedProtection } from '../titles/wanted-protection.js';
import type {
  DownloadOffer,
  DownloadPreferences,
  Downloads,
  DownloadsState,
  StartOptions,
} from './downloads.js';
import { DownloadTab } from './download-tab.js';
import { headersOf } from './given-headers.js';
import { inspectTitle } from './inspect-title.js';
import { licensedSource } from './licensed-source.js';
import { METERED, type ManagerRoom } from './manager-room.js';
import type { ManagerTools } from './manager-tools.js';
import { storableSource } from './storable-source.js';
import { newTitle, wantAgain, wantInstead } from './wishes.js';

const STARTING: DownloadsState = {
  status: 'starting',
  error: null,
  downloads: [],
  space: null,
  isOwner: false,
};

interface Made {
  readonly tools: ManagerTools;
  readonly tab: DownloadTab;
}

/** The downloads of this device, in one tab; see {@link Downloads}. */
export class DownloadManager implements Downloads {
  readonly #makeTools: () => ManagerTools;
  #made: Made | null = null;
  readonly #store = new SnapshotStore<DownloadsState>(STARTING);
  readonly #lifetime = new AbortController();

  /** @param makeTools is called when they are first used: a manager may be made on a server, which has none of them. */
  constructor(makeTools: () => ManagerTools) {
    this.#makeTools = makeTools;
  }

  readonly getState = (): DownloadsState => this.#store.getState();
  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  begin(): void {
    this.#tab.begin();
  }

  async destroy(): Promise<void> {
    this.#lifetime.abort();
    await this.#made?.tab.end();
  }

  async inspect(
    source: Source,
    { signal, ...preferences }: DownloadPreferences & { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<DownloadOffer> {
    return inspectTitle(this.#tools, source, { signal, preferences });
  }

  async start(source: Source, options: StartOptions = {}): Promise<void> {
    const { clock, licenses, pageUrl } = this.#tools;
    const stored = storableSource(source, pageUrl());
    const { id } = stored;
    const room = await this.#tab.ready();
    const given = headersOf(source);
    // The tab that works is to know them before it hears of the title.
    if (given) await this.#tab.share({ type: 'headers', id, headers: given });
    const keys = source.drm?.['org.w3.clearkey']?.keys;
    const wanted = { source: stored, sealedKeys: keys ? await licenses.sealKeys(id, keys) : [] };
    const fresh = await newTitle(wanted, options, clock.now());
    await this.#keep(room, id, (row) => {
      if (!row) return fresh;
      return row.intent === 'remove' ? wantInstead(row, fresh) : wantAgain(row, wanted, options);
    });
    // The viewer does not want to wait.
    await this.#tab.share({ type: 'retry', id });
  }

  async pause(id: string): Promise<void> {
    await this.#change(id, (row) => (row.isComplete ? undefined : { ...row, intent: 'pause' }));
  }

  async resume(id: string): Promise<void> {
    await this.#change(id, (row) => ({ ...row, intent: 'download', error: null }));
    await this.#tab.share({ type: 'retry', id });
  }

  async remove(id: string): Promise<void> {
    await this.#change(id, (row) => ({ ...row, intent: 'remove' }));
    // What could not be removed is tried again at once, too.
    await this.#tab.share({ type: 'retry', id });
  }

  async setPriority(id: string, priority: number): Promise<void> {
    await this.#change(id, (row) => ({ ...row, priority }));
  }

  async renewLicense(id: string): Promise<void> {
    const { licenses } = this.#tools;
    const row = (await this.#tab.ready()).shelf.get(id);
    if (!row) return;

    const protection = wantedProtection(row.plan?.protection ?? null, row);
    if (!protection) throw new PlaybackError('download-missing');
    const title = { id, source: await licensedSource(row, this.#tools), ...protection };
    await licenses.renew(title, { signal: this.#lifetime.signal });
  }

  async setMeteredAllowed(isAllowed: boolean): Promise<void> {
    const room = await this.#tab.ready();
    await room.database.put('settings', isAllowed, METERED);
    await this.#tab.share({ type: 'settings' });
  }

  async open(
    source: ResolvedSource,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<OfflineTitle | null> {
    const room = await this.#tab.ready().catch(() => null);
    signal.throwIfAborted();
    // A browser that keeps nothing plays from the network.
    return room && room.opener.open(source, signal);
  }

  async findPictures({
    id = '',
    poster,
    thumbnails,
  }: Pick<Source, 'id' | keyof Pictures>): Promise<Pictures> {
    // What this device cannot tell, the network can.
    const room = await this.#tab.ready().catch(() => null);
    const kept = await room?.findExtras(id).catch(() => null);
    return {
      poster: poster && (kept?.poster ?? poster),
      thumbnails: thumbnails && (kept?.thumbnails ?? thumbnails),
    };
  }

  get #tools(): ManagerTools {
    return this.#make().tools;
  }

  get #tab(): DownloadTab {
    return this.#make().tab;
  }

  #make(): Made {
    if (this.#made) return this.#made;

    const tools = this.#makeTools();
    this.#made = { tools, tab: new DownloadTab(tools, this.#store, this.#lifetime) };
    return this.#made;
  }

  async #change(id: string, change: (row: TitleRow) => TitleRow | undefined): Promise<void> {
    const room = await this.#tab.ready();
    await this.#keep(room, id, (row) => (row && row.intent !== 'remove' ? change(row) : undefined));
  }

  async #keep(
    room: ManagerRoom,
    id: string,
    decide: (row: TitleRow | undefined) => TitleRow | undefined,
  ): Promise<void> {
    try {
      await room.shelf.update(id, decide);
    } catch (error) {
      throw toPlaybackError(error, 'storage-failed');
    }
  }
}
