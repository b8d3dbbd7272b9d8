const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
const CLEAR_LINE = '\r\u001B[2K';

/**
 * @typedef {object} Step
 * @property {(note: string) => void} note Says what the outcome was, behind the title.
 */

/**
 * @typedef {object} ProgressOptions
 * @property {{ write(text: string): unknown, isTTY?: boolean | undefined, columns?: number | undefined }} [stream]
 * @property {() => number} [now] Milliseconds.
 */

/** Reports long steps to a person: a spinner on a terminal, plain lines elsewhere. Several steps may run at once. */
export class Progress {
  #stream;
  #now;
  #isTty;
  #frame = 0;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  /** @type {Map<string, number>} */
  #active = new Map();

  /** @param {ProgressOptions} [options] */
  constructor({ stream = process.stdout, now = () => performance.now() } = {}) {
    this.#stream = stream;
    this.#now = now;
    this.#isTty = stream.isTTY === true;
  }

  /**
   * Shows `title` while `work` runs, then how it ended and how long it took. Settles as `work` does.
   *
   * @template T
   * @param {string} title
   * @param {(step: Step) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async step(title, work) {
    const since = this.#now();
    let note = '';
    this.#begin(title, since);

    /** @param {string} mark */
    const line = (mark) => `${mark} ${title}${note && ` (${note})`} ${formatSeconds(this.#now() - since)}`;
    try {
      const result = await work({ note: (text) => (note = text) });
      this.#end(title, line('✓'));
      return result;
    } catch (error) {
      this.#end(title, line('✗'));
      throw error;
    }
  }

  /**
   * Writes a line without disturbing the status line.
   *
   * @param {string} text
   */
  print(text) {
    if (this.#isTty) this.#stream.write(CLEAR_LINE);
    this.#stream.write(`${text}\n`);
    this.#draw();
  }

  /**
   * @param {string} title
   * @param {number} since
   */
  #begin(title, since) {
    this.#active.set(title, since);
    if (this.#isTty) this.#timer ??= setInterval(() => this.#draw(), FRAME_MS).unref();
    else this.print(`  ${title} …`);
  }

  /**
   * @param {string} title
   * @param {string} line
   */
  #end(title, line) {
    this.#active.delete(title);
    this.print(line);
    if (this.#active.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #draw() {
    if (!this.#isTty || this.#active.size === 0) return;
    const now = this.#now();
    const titles = [...this.#active]
      .map(([title, since]) => `${title} ${formatSeconds(now - since)}`)
      .join(' · ');
    const line = `${FRAMES[this.#frame++ % FRAMES.length]} ${titles}`;
    this.#stream.write(`${CLEAR_LINE}${line.slice(0, (this.#stream.columns ?? 80) - 1)}`);
  }
}

/**
 * Milliseconds as people read them: `4.2 s`, `1 min 12 s`.
 *
 * @param {number} milliseconds
 */
export function formatSeconds(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
