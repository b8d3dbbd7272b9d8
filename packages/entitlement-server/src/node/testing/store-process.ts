import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { LeaseRequest, PlaybackSession } from '../../playback-sessions/playback-session-store.js';

const WORKER = fileURLToPath(new URL('store-worker.mjs', import.meta.url));

/** A store in a process of its own, which runs what was built last. A call to one that was killed stays unanswered. */
export class StoreProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (result: never) => void>();
  #calls = 0;
  #answers = 0;
  #killAfter = Number.POSITIVE_INFINITY;

  private constructor(kind: 'pglite' | 'postgres', address: string) {
    this.#child = fork(WORKER, [kind, address], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  /** Resolves when the store is open. */
  static async start(kind: 'pglite' | 'postgres', address: string): Promise<StoreProcess> {
    const started = new StoreProcess(kind, address);
    const opened = await Promise.race([once(started.#child, 'message'), once(started.#child, 'exit')]);
    if (typeof opened[0] !== 'object')
      throw new Error(`The store's process ended with ${String(opened[0])}.`);
    started.#child.on('message', (message) => started.#onAnswer(message as { id: number; result: never }));
    return started;
  }

  async open(session: Omit<PlaybackSession, 'leaseExpiresAt' | 'end'>, lease: LeaseRequest): Promise<string> {
    return await this.#call('open', session, lease);
  }

  async find(key: string): Promise<PlaybackSession | undefined> {
    return await this.#call('find', key);
  }

  async streams(accountId: string): Promise<string[]> {
    return await this.#call('streams', accountId);
  }

  async consume(jti: string): Promise<boolean> {
    return await this.#call('consume', jti);
  }

  /** Kills the process by SIGKILL when it has answered so many more calls; resolves when it is gone. */
  async killAfter(answers: number): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#killAfter = this.#answers + answers;
    await exit;
  }

  /** Lets the process close its store; resolves when it is gone. */
  async stop(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }

  #call<T>(name: string, ...args: readonly unknown[]): Promise<T> {
    this.#calls += 1;
    const id = this.#calls;
    return new Promise<T>((resolve) => {
      this.#waiting.set(id, resolve);
      // One that was killed in the meantime cannot be told.
      this.#child.send({ id, name, args }, () => {});
    });
  }

  #onAnswer({ id, result }: { id: number; result: never }): void {
    this.#waiting.get(id)?.(result);
    this.#waiting.delete(id);
    this.#answers += 1;
    if (this.#answers === this.#killAfter) this.#child.kill('SIGKILL');
  }
}
