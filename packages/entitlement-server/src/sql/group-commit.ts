/** What a {@link GroupCommit} works with. */
export interface GroupCommitOptions<Call, Answer> {
  /** Does all calls in one statement. The answers come in the order of the calls. */
  readonly run: (calls: readonly Call[]) => Promise<readonly Answer[]>;
  /** Calls back at the end of this turn of the event loop. */
  readonly afterTurn: (run: () => void) => void;
  /** How many calls a batch holds at most. @default 256 */
  readonly batchSize?: number | undefined;
  /** Two calls of one key do not go into one batch: the second waits for the next. @default they do */
  readonly keyOf?: ((call: Call) => string) | undefined;
}

/** How many turns of the event loop a batch waits for further calls at most. */
const MAX_TURNS = 8;

interface Waiting<Call, Answer> {
  readonly call: Call;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * Does calls that come at the same time in one statement, so that they share its cost and its flush to the disk. There is no
 * timer: when the last batch is kept the next one is sent with whatever has come by then, and with what comes in the turns of the
 * event loop after that as long as each brings some. Whoever was answered at one time asks again in a few turns, and is kept
 * together so. A call resolves when its own batch is kept; a batch that fails rejects its own calls and no others.
 */
export class GroupCommit<Call, Answer> {
  readonly #options: GroupCommitOptions<Call, Answer>;
  readonly #batchSize: number;
  #waiting: Waiting<Call, Answer>[] = [];
  #isUnderWay = false;
  #isScheduled = false;
  #whenIdle: (() => void)[] = [];

  constructor(options: GroupCommitOptions<Call, Answer>) {
    this.#options = options;
    this.#batchSize = options.batchSize ?? 256;
  }

  /** Adds a call to the next batch. */
  submit(call: Call): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ call, resolve, reject });
      this.#schedule();
    });
  }

  /** Resolves when no call waits or is under way. */
  async settle(): Promise<void> {
    if (this.#waiting.length === 0 && !this.#isUnderWay) return;
    await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  #schedule(): void {
    if (this.#waiting.length === 0 && !this.#isUnderWay) {
      for (const resolve of this.#whenIdle.splice(0)) resolve();
    }
    if (this.#isScheduled || this.#isUnderWay || this.#waiting.length === 0) return;

    this.#isScheduled = true;
    this.#sendAfter(1);
  }

  #sendAfter(turn: number): void {
    const before = this.#waiting.length;
    this.#options.afterTurn(() => {
      if (this.#waiting.length > before && turn < MAX_TURNS) {
        this.#sendAfter(turn + 1);
        return;
      }
      this.#isScheduled = false;
      void this.#send(this.#take());
      this.#schedule();
    });
  }

  async #send(batch: readonly Waiting<Call, Answer>[]): Promise<void> {
    this.#isUnderWay = true;
    try {
      const answers = await this.#options.run(batch.map(({ call }) => call));
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer);
    } catch (cause) {
      for (const { reject } of batch) reject(cause);
    } finally {
      this.#isUnderWay = false;
      this.#schedule();
    }
  }

  #take(): Waiting<Call, Answer>[] {
    const { keyOf } = this.#options;
    if (keyOf === undefined) return this.#waiting.splice(0, this.#batchSize);

    const keys = new Set<string>();
    const batch: Waiting<Call, Answer>[] = [];
    const later: Waiting<Call, Answer>[] = [];
    for (const waiting of this.#waiting) {
      const key = keyOf(waiting.call);
      const fits = batch.length < this.#batchSize && !keys.has(key);
      (fits ? batch : later).push(waiting);
      keys.add(key);
    }
    this.#waiting = later;
    return batch;
  }
}
