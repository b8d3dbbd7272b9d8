import type { TabChannel, TabMessage } from '../tabs/tab-channel.js';
import type { Locks } from '../tabs/owner-lock.js';

/** The tabs of one browser: what they tell each other, and the lock that one of them holds. */
export class TabHub {
  readonly #listeners = new Map<object, (message: TabMessage) => void>();
  #turn: Promise<void> = Promise.resolve();

  readonly openChannel = (): TabChannel => {
    const tab = {};
    let isOpen = true;
    return {
      post: (message) => {
        if (!isOpen) throw new DOMException('The channel is closed.', 'InvalidStateError');
        // As another realm gets it, and later.
        const copy = structuredClone(message);
        queueMicrotask(() => {
          for (const [other, listener] of this.#listeners) if (other !== tab) listener(copy);
        });
      },
      listen: (listener) => void this.#listeners.set(tab, listener),
      close: () => {
        isOpen = false;
        this.#listeners.delete(tab);
      },
    };
  };

  /** One holder at a time, in the order in which they asked. */
  readonly locks: Locks = {
    request: (async (_name: string, { signal }: { signal: AbortSignal }, work: () => Promise<void>) => {
      const before = this.#turn;
      let free = () => {};
      this.#turn = new Promise((resolve) => {
        free = resolve;
      });
      try {
        await Promise.race([before, untilAborted(signal)]);
        signal.throwIfAborted();
        await work();
      } finally {
        // One that gave up does not let the next one pass those before it.
        void before.then(free);
      }
    }) as unknown as Locks['request'],
  };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
