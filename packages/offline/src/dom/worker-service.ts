import { PlaybackError } from '@secure-player/core';
import { proxy, wrap } from 'comlink';

import type { RemoteService } from '../queue/run-title.js';
import type { DownloadWorker } from '../worker/download-worker.js';

interface Running {
  readonly worker: Worker;
  readonly service: Promise<RemoteService>;
  /** Rejects when the worker is gone, and never resolves. */
  readonly lost: Promise<never>;
  readonly onLost: (reason: unknown) => void;
}

/**
 * The service in its worker. It is started with the first call; when the worker breaks down, or could not open the index, what
 * is under way rejects, and the next call starts another.
 */
export class WorkerService implements RemoteService {
  readonly #createWorker: () => Worker;
  #running: Running | null = null;

  constructor(createWorker: () => Worker) {
    this.#createWorker = createWorker;
  }

  inspect: RemoteService['inspect'] = (request, ask) =>
    this.#call((service) => service.inspect(request, ask && proxy(ask)));

  prepare: RemoteService['prepare'] = (request, ask) =>
    this.#call((service) => service.prepare(request, ask && proxy(ask)));

  transfer: RemoteService['transfer'] = (pack, onProgress) =>
    this.#call((service) => service.transfer(pack, proxy(onProgress)));

  stop: RemoteService['stop'] = async (pack) => {
    // Nothing runs in a worker that is not there.
    if (this.#running) await this.#call((service) => service.stop(pack));
  };

  remove: RemoteService['remove'] = (pack) => this.#call((service) => service.remove(pack));

  collect: RemoteService['collect'] = (named) => this.#call((service) => service.collect(named));

  measure: RemoteService['measure'] = (pack) => this.#call((service) => service.measure(pack));

  terminate(): void {
    // It answers nobody any more.
    if (this.#running) this.#end(this.#running, new PlaybackError('aborted'));
  }

  async #call<T>(call: (service: RemoteService) => Promise<T>): Promise<T> {
    const { service, lost } = (this.#running ??= this.#start());
    return Promise.race([service.then(call), lost]);
  }

  #end(running: Running, reason: unknown): void {
    running.worker.terminate();
    running.onLost(reason);
    if (this.#running === running) this.#running = null;
  }

  #start(): Running {
    const worker = this.#createWorker();
    let onLost: Running['onLost'] = () => {};
    const lost = new Promise<never>((_, reject) => {
      onLost = reject;
    });
    const onError = (event: Event) => {
      // A page has nothing to say about it: it is told by what rejects.
      event.preventDefault();
      const message = 'The worker of downloads broke down, or its script could not be loaded.';
      this.#end(running, new PlaybackError('storage-failed', { message }));
    };
    worker.addEventListener('error', onError);
    worker.addEventListener('messageerror', onError);
    // Whoever waits is told; nobody may be waiting.
    lost.catch(() => {});
    // Comlink's types take a result that is a union apart, one promise for each.
    const service = wrap<DownloadWorker>(worker).open() as unknown as Promise<RemoteService>;
    const running: Running = { worker, service, lost, onLost };
    // The index may have been in the way this once.
    service.catch((error: unknown) => this.#end(running, error));
    return running;
  }
}
