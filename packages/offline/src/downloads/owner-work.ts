import { DownloadQueue } from '../queue/download-queue.js';
import type { LiveStage } from '../queue/live-stage.js';
import type { TitleRow } from '../titles/title-row.js';
import type { ManagerRoom } from './manager-room.js';
import type { ManagerTools } from './manager-tools.js';

/** What the one tab does that works: the queue, what the last one left behind, and the contact with the server. */
export class OwnerWork {
  readonly queue: DownloadQueue;
  readonly #tools: ManagerTools;
  readonly #room: ManagerRoom;

  constructor(tools: ManagerTools, room: ManagerRoom, onLive: (id: string, stage: LiveStage | null) => void) {
    this.#tools = tools;
    this.#room = room;
    this.queue = new DownloadQueue({
      ...tools,
      shelf: room.shelf,
      isMeteredAllowed: () => room.isMeteredAllowed,
      freeBytes: async () => {
        const space = await tools.space();
        return space && space.quotaBytes - space.usedBytes;
      },
      onLive,
    });
  }

  /** Resolves when `signal` is aborted and all work has stopped. */
  async run(signal: AbortSignal): Promise<void> {
    // What it does not come to is left to the next start: a download tells by itself what is wrong.
    await this.#tidyUp(signal).catch(() => {});
    const unsubscribe = this.#tools.network.subscribe(() => this.#contact(signal));
    this.#contact(signal);
    if (!signal.aborted) this.queue.begin();
    await aborted(signal);
    unsubscribe();
    await this.queue.end();
  }

  /** Makes titles and bytes agree after whatever happened to the last tab. */
  async #tidyUp(signal: AbortSignal): Promise<void> {
    const { service } = this.#tools;
    const rows = this.#room.shelf.list();
    // Where nothing ever was, no worker is started.
    if (await this.#room.wasUsed()) {
      await service.collect(
        rows.flatMap(({ pack, lastPack }) => (lastPack === null ? [pack] : [pack, lastPack])),
      );
    }
    for (const row of rows) if (!signal.aborted) await this.#measure(row);
  }

  async #measure({ id, pack }: TitleRow): Promise<void> {
    const outcome = await this.#tools.service.measure(pack);
    if (outcome.status !== 'done') return;

    const { bytes, isIntact } = outcome.value;
    await this.#room.shelf.update(id, (row) => {
      if (row?.pack !== pack) return undefined;
      const isComplete = row.isComplete && isIntact;
      const isSame = row.receivedBytes === bytes && row.isComplete === isComplete;
      return isSame ? undefined : { ...row, receivedBytes: bytes, isComplete };
    });
  }

  #contact(signal: AbortSignal): void {
    const { licenses, network } = this.#tools;
    if (network.isOnline() && !signal.aborted) void licenses.contact({ signal });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
