import { PlaybackError, toPlaybackError, type SnapshotStore } from '@secure-player/core';

import { whileOwner } from '../tabs/owner-lock.js';
import type { TabChannel, TabMessage } from '../tabs/tab-channel.js';
import type { DownloadsState } from './downloads.js';
import { ManagerRoom } from './manager-room.js';
import type { ManagerTools } from './manager-tools.js';
import { OwnerWork } from './owner-work.js';

/** One tab among those of the site: it hears of what the others change, tells what is so in its state, and works when it is its turn. */
export class DownloadTab {
  readonly #tools: ManagerTools;
  readonly #store: SnapshotStore<DownloadsState>;
  readonly #lifetime: AbortController;
  #channel: TabChannel | null = null;
  #room: Promise<ManagerRoom> | null = null;
  #work: OwnerWork | null = null;
  #ended: Promise<void> = Promise.resolve();

  /** @param lifetime is aborted to end the tab, and aborted by it when its index is taken away. */
  constructor(tools: ManagerTools, store: SnapshotStore<DownloadsState>, lifetime: AbortController) {
    this.#tools = tools;
    this.#store = store;
    this.#lifetime = lifetime;
  }

  /** May be called again. */
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

  /** What is open here; begins where that has not been done. @throws PlaybackError */
  async ready(): Promise<ManagerRoom> {
    this.begin();
    if (!this.#room) throw new PlaybackError('aborted');
    return this.#room.catch((error: unknown) => {
      throw toPlaybackError(error, 'storage-failed');
    });
  }

  /** Heeds something here, and in all other tabs. */
  async share(message: TabMessage): Promise<void> {
    await this.#takeMessage(await this.ready(), message);
    this.#channel?.post(message);
  }

  /** Resolves when nothing is done any more. The lifetime has been aborted. */
  async end(): Promise<void> {
    await this.#ended;
    const room = await this.#room?.catch(() => null);
    room?.close();
    this.#tools.service.terminate();
    this.#tools.licenses.destroy();
    this.#channel?.close();
  }

  async #open(): Promise<ManagerRoom> {
    const { openChannel, licenses } = this.#tools;
    const channel = openChannel();
    this.#channel = channel;
    // Heard while this tab opens, and heeded when it has: the rows that it loads may be those of before.
    channel.listen((message) => {
      void this.#room?.then((room) => this.#takeMessage(room, message)).catch(() => {});
    });
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
      case 'headers':
        return this.#tools.headers.note(message.id, message.headers);
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
