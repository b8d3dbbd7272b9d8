import {
  PlaybackError,
  SnapshotStore,
  toPlaybackError,
  type OfflinePictures,
  type OfflineTitle,
  type ResolvedSource,
  type Source,
} from '@secure-player/core';

import { whileOwner } from '../tabs/owner-lock.js';
import type { TabChannel, TabMessage } from '../tabs/tab-channel.js';
import type { TitleRow } from '../titles/title-row.js';
import type {
  DownloadOffer,
  DownloadPreferences,
  Downloads,
  DownloadsState,
  StartOptions,
} from './downloads.js';
import { inspectTitle } from './inspect-title.js';
import { METERED, ManagerRoom } from './manager-room.js';
import type { ManagerTools } from './manager-tools.js';
import { OwnerWork } from './owner-work.js';
import { storableSource } from './storable-source.js';
import { newTitle, wantAgain, wantInstead } from './wishes.js';

const STARTING: DownloadsState = {
  status: 'starting',
  error: null,
  downloads: [],
  space: null,
  isOwner: false,
};

/** The downloads of this device, in one tab; see {@link Downloads}. */
export class DownloadManager implements Downloads {
  readonly #makeTools: () => ManagerTools;
  #made: ManagerTools | null = null;
  #channel: TabChannel | null = null;
  readonly #store = new SnapshotStore<DownloadsState>(STARTING);
  readonly #lifetime = new AbortController();
  #room: Promise<ManagerRoom> | null = null;
  #work: OwnerWork | null = null;
  #ended: Promise<void> = Promise.resolve();

  /** @param makeTools is called when they are first used: a manager may be made on a server, which has none of them. */
  constructor(makeTools: () => ManagerTools) {
    this.#makeTools = makeTools;
  }

  readonly getState = (): DownloadsState => this.#store.getState();
  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  begin(): void {
    if (this.#room !== null || this.#lifetime.signal.aborted) return;

    this.#room = this.#open();
    this.#ended = this.#room
      .then(async (room) => {
        await this.#show(room);
        await this.#takeTurn(room);
      })
      .catch((error: unknown) => {
        this.#store.patch({ status: 'unavailable', error: toPlaybackError(error, 'storage-failed') });
      });
  }

  async destroy(): Promise<void> {
    this.#lifetime.abort();
    await this.#ended;
    const room = await this.#room?.catch(() => null);
    room?.close();
    this.#made?.service.terminate();
    this.#made?.licenses.destroy();
    this.#channel?.close();
  }

  async inspect(
    source: Source,
    { signal, ...preferences }: DownloadPreferences & { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<DownloadOffer> {
    return inspectTitle(this.#tools, source, { signal, preferences });
  }

  async start(source: Source, options: StartOptions = {}): Promise<void> {
    const stored = storableSource(source, this.#tools.pageUrl());
    const room = await this.#ready();
    const fresh = await newTitle(stored, options, this.#tools.clock.now());
    await this.#keep(room, stored.id, (row) => {
      if (!row) return fresh;
      return row.intent === 'remove' ? wantInstead(row, fresh) : wantAgain(row, stored, options);
    });
    this.#retry(stored.id);
  }

  async pause(id: string): Promise<void> {
    await this.#change(id, (row) => (row.isComplete ? undefined : { ...row, intent: 'pause' }));
  }

  async resume(id: string): Promise<void> {
    await this.#change(id, (row) => ({ ...row, intent: 'download', error: null }));
    this.#retry(id);
  }

  async remove(id: string): Promise<void> {
    await this.#change(id, (row) => ({ ...row, intent: 'remove' }));
  }

  async setPriority(id: string, priority: number): Promise<void> {
    await this.#change(id, (row) => ({ ...row, priority }));
  }

  async renewLicense(id: string): Promise<void> {
    const { licenses, completeSource } = this.#tools;
    const row = (await this.#ready()).shelf.get(id);
    if (!row?.plan) return;

    const title = { id, source: completeSource(row.source), ...row.plan.protection };
    await licenses.renew(title, { signal: this.#lifetime.signal });
  }

  async setMeteredAllowed(isAllowed: boolean): Promise<void> {
    const room = await this.#ready();
    await room.database.put('settings', isAllowed, METERED);
    await this.#takeMessage(room, { type: 'settings' });
    this.#channel?.post({ type: 'settings' });
  }

  async open(
    source: ResolvedSource,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<OfflineTitle | null> {
    const room = await this.#ready().catch(() => null);
    signal.throwIfAborted();
    // A browser that keeps nothing plays from the network.
    return room && room.opener.open(source, signal);
  }

  async findPictures(id: string): Promise<OfflinePictures | null> {
    const room = await this.#ready();
    return room.findExtras(id);
  }

  get #tools(): ManagerTools {
    this.#made ??= this.#makeTools();
    return this.#made;
  }

  async #ready(): Promise<ManagerRoom> {
    this.begin();
    if (!this.#room) throw new PlaybackError('aborted');
    return this.#room.catch((error: unknown) => {
      throw toPlaybackError(error, 'storage-failed');
    });
  }

  async #open(): Promise<ManagerRoom> {
    const { openChannel, licenses } = this.#tools;
    const channel = openChannel();
    this.#channel = channel;
    const room = await ManagerRoom.open(this.#tools, {
      onClosed: () => {
        this.#lifetime.abort();
        // It has lost the index, too: what is under way would wait for it for ever.
        this.#tools.service.terminate();
        this.#store.patch({ status: 'unavailable', error: new PlaybackError('storage-failed') });
      },
      onChange: (id, isOwn) => {
        if (isOwn) channel.post({ type: 'title', id });
        this.#work?.queue.look();
        void this.#publish();
      },
    });
    channel.listen((message) => void this.#takeMessage(room, message).catch(() => {}));
    const unsubscribe = licenses.subscribe((id) => {
      channel.post({ type: 'license', id });
      void this.#publish();
    });
    this.#lifetime.signal.addEventListener('abort', unsubscribe, { once: true });
    channel.post({ type: 'hello' });
    return room;
  }

  /** Nobody who opens a title waits for what it takes to list all of them. */
  async #show(room: ManagerRoom): Promise<void> {
    await Promise.all([room.loadExtras(), this.#measureSpace()]);
    if (this.#lifetime.signal.aborted) return;

    this.#store.patch({ status: 'ready', downloads: room.list.read(room.shelf.list()) });
  }

  /** Works for as long as this tab lives, once it is this tab's turn. */
  async #takeTurn(room: ManagerRoom): Promise<void> {
    await whileOwner(this.#tools.locks, this.#lifetime.signal, async () => {
      this.#tools.askToPersist();
      // What another tab did last may have been told to nobody.
      await room.shelf.load();
      this.#work = new OwnerWork(this.#tools, room, (id, stage) => {
        if (!room.list.setLive(id, stage)) return;
        this.#channel?.post({ type: 'live', stages: room.list.live });
        this.#publishRoom(room);
      });
      this.#store.patch({ isOwner: true });
      await this.#work.run(this.#lifetime.signal);
      this.#store.patch({ isOwner: false });
    });
  }

  async #takeMessage(room: ManagerRoom, message: TabMessage): Promise<void> {
    switch (message.type) {
      case 'title':
        return room.shelf.refresh(message.id);
      case 'license':
        await this.#tools.licenses.refresh(message.id);
        return this.#publishRoom(room);
      case 'settings':
        await room.readSettings();
        return this.#work?.queue.look();
      case 'retry':
        this.#work?.queue.forgetWait(message.id);
        return this.#work?.queue.look();
      case 'live':
        if (!this.#work) room.list.setAllLive(message.stages);
        return this.#publishRoom(room);
      case 'hello':
        if (this.#work) this.#channel?.post({ type: 'live', stages: room.list.live });
        return;
      default:
        message satisfies never;
    }
  }

  async #change(id: string, change: (row: TitleRow) => TitleRow | undefined): Promise<void> {
    const room = await this.#ready();
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

  /** The viewer does not want to wait. */
  #retry(id: string): void {
    this.#work?.queue.forgetWait(id);
    this.#work?.queue.look();
    if (!this.#work) this.#channel?.post({ type: 'retry', id });
  }

  async #publish(): Promise<void> {
    const room = await this.#room;
    if (!room || this.#lifetime.signal.aborted) return;

    this.#publishRoom(room);
    await Promise.all([room.loadExtras(), this.#measureSpace()]);
    this.#publishRoom(room);
  }

  #publishRoom(room: ManagerRoom): void {
    // A list whose pictures are still being read would show them from the network first.
    if (this.#store.getState().status === 'starting') return;

    this.#store.patch({ downloads: room.list.read(room.shelf.list()) });
  }

  async #measureSpace(): Promise<void> {
    this.#store.patch({ space: await this.#tools.space().catch(() => null) });
  }
}
