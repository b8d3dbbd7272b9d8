import { PlaybackError } from '@secure-player/core';

import { AnswerIndex } from '../answers/answer-index.js';
import { openDownloadsDatabase, type DownloadsDatabase } from '../index-database/downloads-database.js';
import { PACKS_SETTING } from '../packs/find-packs.js';
import { DatabasePacks } from '../packs/database-packs.js';
import type { PackWriter, WritablePacks } from '../packs/packs.js';
import type { RemoteService } from '../queue/run-title.js';
import type { Network } from '../transfer/fetch-answer.js';
import { DownloadService } from '../worker/download-service.js';

interface Running {
  readonly service: Promise<DownloadService>;
  readonly lost: Promise<never>;
  readonly lose: (error: PlaybackError) => void;
  /** A worker whose index was taken away closes itself, and nobody is told. */
  isClosed: boolean;
}

const NEVER = new Promise<never>(() => {});

/** How much fits on the disk of a device, for all its packs. */
export interface DiskSpace {
  bytes: number;
}

/** The service of a worker, without one. It is started with the first call, and can be lost. */
export class LocalService implements RemoteService {
  readonly #network: Omit<Network, 'authorize'>;
  readonly #space: DiskSpace;
  #running: Running | null = null;
  starts = 0;

  constructor(network: Omit<Network, 'authorize'>, space: DiskSpace) {
    this.#network = network;
    this.#space = space;
  }

  inspect: RemoteService['inspect'] = (...args) => this.#call((service) => service.inspect(...args));
  prepare: RemoteService['prepare'] = (...args) => this.#call((service) => service.prepare(...args));
  transfer: RemoteService['transfer'] = (...args) => this.#call((service) => service.transfer(...args));
  stop: RemoteService['stop'] = (pack) => this.#call((service) => service.stop(pack));
  remove: RemoteService['remove'] = (pack) => this.#call((service) => service.remove(pack));
  collect: RemoteService['collect'] = (named) => this.#call((service) => service.collect(named));
  measure: RemoteService['measure'] = (pack) => this.#call((service) => service.measure(pack));

  /** What is under way rejects, and does nothing to the index any more. */
  terminate(error = new PlaybackError('storage-failed', { message: 'The worker broke down.' })): void {
    this.#running?.lose(error);
    this.#running = null;
  }

  #call<T>(call: (service: DownloadService) => Promise<T>): Promise<T> {
    const running = (this.#running ??= this.#start());
    const answer = running.service
      .then(call)
      .then((value) => (running.isClosed ? NEVER : value))
      .catch((error: unknown) => (running.isClosed ? NEVER : Promise.reject(error as Error)));
    return Promise.race([answer, running.lost]);
  }

  #start(): Running {
    this.starts += 1;
    let lose: Running['lose'] = () => {};
    const opened = openDownloadsDatabase(() => {
      running.isClosed = true;
    });
    const lost = new Promise<never>((_, reject) => {
      lose = (error) => {
        reject(error);
        closeLater(opened);
      };
    });
    lost.catch(() => {});
    const service = opened.then(async (database) => {
      await database.put('settings', 'rows', PACKS_SETTING);
      const packs = limited(new DatabasePacks(database), this.#space);
      return new DownloadService({ packs, index: new AnswerIndex(database) }, this.#network);
    });
    const running: Running = { service, lost, lose, isClosed: false };
    return running;
  }
}

function closeLater(opened: Promise<DownloadsDatabase>): void {
  void opened.then((database) => database.close());
}

/** Packs on a disk that can be full. */
function limited(packs: DatabasePacks, space: DiskSpace): WritablePacks {
  const open = async (name: string): Promise<PackWriter> => {
    const writer = await packs.open(name);
    return {
      get size() {
        return writer.size;
      },
      append: (bytes) => {
        if (writer.size + bytes.byteLength > space.bytes) {
          return Promise.reject(new DOMException('The disk is full.', 'QuotaExceededError'));
        }
        return writer.append(bytes);
      },
      flush: () => writer.flush(),
      truncate: (size) => writer.truncate(size),
      close: () => writer.close(),
    };
  };
  return {
    open,
    read: (...args) => packs.read(...args),
    size: (name) => packs.size(name),
    list: () => packs.list(),
    remove: (name) => packs.remove(name),
  };
}
