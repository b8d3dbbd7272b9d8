// A premiere as a queue: viewers arrive, each asks for one license, and whichever process is free first answers.

/**
 * @typedef {object} Outcome
 * @property {number} p50 Seconds from asking to the license.
 * @property {number} p99
 * @property {number} longest
 * @property {number} late The share of viewers who wait longer than ten seconds, after which the player gives up its request.
 * @property {number[]} queue How many wait, at the end of each second.
 */

/** After how many seconds a license request of the kit ends by itself (`license-timeout`). */
const PATIENCE_SECONDS = 10;

/**
 * @param {{ arrivals: Float64Array, serviceSeconds: readonly number[], processes: number, random: () => number }} options
 *   `arrivals` ascending; `serviceSeconds` are measured ones, which are drawn from.
 * @returns {Outcome}
 */
export function simulate({ arrivals, serviceSeconds, processes, random }) {
  const freeAt = new EarliestFirst(processes);
  const answered = new Float64Array(arrivals.length);
  const waits = new Float64Array(arrivals.length);
  for (const [index, arrival] of arrivals.entries()) {
    const begun = Math.max(arrival, freeAt.earliest);
    const done = begun + (serviceSeconds[Math.floor(random() * serviceSeconds.length)] ?? 0);
    freeAt.replaceEarliest(done);
    answered[index] = done;
    waits[index] = done - arrival;
  }

  const sorted = waits.slice().sort();
  const at = (/** @type {number} */ share) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {
    p50: at(0.5),
    p99: at(0.99),
    longest: at(1),
    late: waits.filter((wait) => wait > PATIENCE_SECONDS).length / waits.length,
    queue: queueBySecond(arrivals, answered.sort()),
  };
}

/**
 * How many processes it takes until nearly everybody has their license within a time.
 *
 * @param {(processes: number) => Outcome} run
 * @param {{ p99: number, atLeast: number }} goal
 */
export function processesFor(run, { p99, atLeast }) {
  let processes = atLeast;
  while (run(processes).p99 > p99) processes += 1;
  return processes;
}

/**
 * @param {Float64Array} arrivals
 * @param {Float64Array} answers Ascending.
 */
function queueBySecond(arrivals, answers) {
  const queue = [];
  let [arrived, answered] = [0, 0];
  for (let second = 1; answered < answers.length; second += 1) {
    while (arrived < arrivals.length && (arrivals[arrived] ?? 0) <= second) arrived += 1;
    while (answered < answers.length && (answers[answered] ?? 0) <= second) answered += 1;
    queue.push(arrived - answered);
  }
  return queue;
}

/** The times at which processes are free again, as a binary heap. */
class EarliestFirst {
  #times;

  /** @param {number} size */
  constructor(size) {
    this.#times = new Float64Array(size);
  }

  get earliest() {
    return this.#times[0] ?? 0;
  }

  /** @param {number} time */
  replaceEarliest(time) {
    const times = this.#times;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      if (left >= times.length) break;
      const right = left + 1;
      const child = right < times.length && (times[right] ?? 0) < (times[left] ?? 0) ? right : left;
      if ((times[child] ?? 0) >= time) break;
      times[place] = times[child] ?? 0;
      place = child;
    }
    times[place] = time;
  }
}

/**
 * Mulberry32: the same numbers in every run.
 *
 * @param {number} seed
 */
export function seededRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
