import { expose, proxy } from 'comlink';
import { expect, it } from 'vitest';

import { WorkerService } from './worker-service.js';

/** A worker that is the other end of a channel. */
class ChannelWorker extends EventTarget {
  isTerminated = false;
  readonly #ports = new MessageChannel();

  constructor(open: () => Promise<unknown>) {
    super();
    const { port1, port2 } = this.#ports;
    expose({ open }, port2);
    port1.addEventListener('message', ({ data }) =>
      this.dispatchEvent(new MessageEvent('message', { data })),
    );
    port1.start();
  }

  postMessage(message: unknown, transfer: readonly MessagePort[] = []): void {
    this.#ports.port1.postMessage(message, [...transfer]);
  }

  terminate(): void {
    this.isTerminated = true;
    this.#ports.port1.close();
  }
}

function setup(...opens: readonly (() => Promise<unknown>)[]) {
  const workers: ChannelWorker[] = [];
  const service = new WorkerService(() => {
    const worker = new ChannelWorker(opens[workers.length] ?? (() => new Promise(() => {})));
    workers.push(worker);
    return worker as unknown as Worker;
  });
  return { service, workers };
}

const working = async () => proxy({ collect: async () => ({ status: 'done', value: 7 }) });

it('starts another worker where one could not open the index', async () => {
  const { service, workers } = setup(() => Promise.reject(new Error('It is blocked.')), working);
  await expect(service.collect([])).rejects.toThrow('It is blocked.');
  expect(workers[0]?.isTerminated).toBe(true);

  expect(await service.collect([])).toEqual({ status: 'done', value: 7 });
  expect(await service.collect([])).toEqual({ status: 'done', value: 7 });
  expect(workers).toHaveLength(2);
  service.terminate();
});

it('starts another worker where one broke down, and tells whoever waits', async () => {
  const { service, workers } = setup(() => new Promise(() => {}), working);
  const waiting = service.collect([]);
  workers[0]?.dispatchEvent(new Event('error'));
  await expect(waiting).rejects.toMatchObject({ code: 'storage-failed' });

  expect(await service.collect([])).toEqual({ status: 'done', value: 7 });
  // What is over has nothing to say any more.
  workers[0]?.dispatchEvent(new Event('error'));
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  service.terminate();
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, true]);
});

it('has nothing to stop where no worker is', async () => {
  const { service, workers } = setup();
  await service.stop('pack');
  expect(workers).toEqual([]);
});
