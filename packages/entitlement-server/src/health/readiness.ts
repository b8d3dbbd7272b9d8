import type { Clock } from '../storage/owned-expiring-map.js';

/** Something the server cannot do without. */
export interface ReadinessCheck {
  /** What `/readyz` calls it, such as `store`. No internals: anybody may read it. */
  readonly name: string;
  /** Whether it can be used now. Rejecting, or not answering in time, is no. */
  isReady(): boolean | Promise<boolean>;
}

/** What {@link Readiness} works with. */
export interface ReadinessOptions {
  readonly checks: readonly ReadinessCheck[];
  readonly clock: Clock;
  /** @default 2000 */
  readonly timeoutMs?: number | undefined;
}

/** An answer is good for this long: however many ask, the store is asked once a second. */
const FRESH_MS = 1000;

/** Whether new requests should be sent here. */
export class Readiness {
  readonly #options: ReadinessOptions;
  #latest: { readonly at: number; readonly notReady: Promise<readonly string[]> } | undefined;
  #isShuttingDown = false;

  constructor(options: ReadinessOptions) {
    this.#options = options;
  }

  /** From now on the server is not ready, whatever its checks say. */
  shutDown(): void {
    this.#isShuttingDown = true;
  }

  /** The names of what is not ready; empty when all is. */
  async notReady(): Promise<readonly string[]> {
    if (this.#isShuttingDown) return ['shutting-down'];

    const now = this.#options.clock();
    // However far: a clock that is set back must not keep an answer until it has caught up.
    if (this.#latest === undefined || Math.abs(now - this.#latest.at) >= FRESH_MS) {
      this.#latest = { at: now, notReady: this.#check() };
    }
    return this.#latest.notReady;
  }

  async #check(): Promise<string[]> {
    const { checks, timeoutMs = 2000 } = this.#options;
    const names = checks.map(async (check) => ((await holds(check, timeoutMs)) ? [] : [check.name]));
    return (await Promise.all(names)).flat();
  }
}

async function holds(check: ReadinessCheck, timeoutMs: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([Promise.resolve().then(async () => check.isReady()), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
