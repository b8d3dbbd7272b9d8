import type { Workbox } from 'workbox-window';

/** Whether what is on the screen is the newest that the server has. */
export type ShellVersion = 'current' | 'outdated';

/** The service worker, as a page has hold of it. */
export type ShellWorker = Pick<Workbox, 'addEventListener' | 'register' | 'messageSkipWaiting'>;

/**
 * The site's shell, kept on this device by the service worker. A new version waits until somebody asks for it: a film that plays
 * is not torn away.
 */
export class ShellUpdates {
  readonly #connect: () => Promise<ShellWorker | null>;
  readonly #reload: () => void;
  readonly #listeners = new Set<() => void>();
  #worker: ShellWorker | null = null;
  #version: ShellVersion = 'current';
  #isWanted = false;
  /** Whether the new version is in control already. */
  #isReplaced = false;

  /**
   * @param connect Gives the handle of the service worker, which is not registered yet; null where there can be none.
   * @param reload Loads the page anew.
   */
  constructor(connect: () => Promise<ShellWorker | null>, reload: () => void) {
    this.#connect = connect;
    this.#reload = reload;
  }

  readonly get = (): ShellVersion => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Keeps the shell on this device. Never rejects: without it the site works as long as there is a network. */
  async start(): Promise<void> {
    try {
      const worker = await this.#connect();
      if (worker === null) return;

      this.#worker = worker;
      worker.addEventListener('waiting', () => this.#note('outdated'));
      worker.addEventListener('controlling', ({ isUpdate }) => {
        // Another tab may have asked: this one goes on with what it has until it is asked too.
        if (this.#isWanted) this.#reload();
        else if (isUpdate) this.#noteReplaced();
      });
      await worker.register();
    } catch {
      // Storage that is full or forbidden, or a browser that was told to take no service workers.
    }
  }

  /** Loads the page in its new version. */
  update(): void {
    if (this.#isReplaced || this.#worker === null) {
      this.#reload();
      return;
    }

    this.#isWanted = true;
    this.#worker.messageSkipWaiting();
  }

  #noteReplaced(): void {
    this.#isReplaced = true;
    this.#note('outdated');
  }

  #note(version: ShellVersion): void {
    this.#version = version;
    for (const listener of this.#listeners) listener();
  }
}
