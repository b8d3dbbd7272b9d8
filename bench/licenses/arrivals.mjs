// Requests that arrive as viewers do: each when it is due, whatever became of the ones before. A tool that waits for answers
// before it asks again, or that sends a second's share at once, tells nothing of the latency at half load.
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

import { percentile } from './statistics.mjs';

const WARM_UP_MS = 2_000;

/** @typedef {{ url: string, paths: readonly string[], headers: Record<string, string>, body: string }} Requests */

/**
 * Sends requests at random moments, which are the same in each run: a Poisson process. Latencies count from the moment
 * that a request was due, in milliseconds; those of the first two seconds, in which connections are opened, do not. Throws
 * unless all are answered with success.
 *
 * @param {Requests} requests
 * @param {{ rate: number, seconds: number, seed?: number }} load
 */
export async function arrive({ url, paths, headers, body }, { rate, seconds, seed = 7 }) {
  // Each connection in its turn: one that idles for long is closed by the server, perhaps as it is used again.
  const agent = new Agent({ keepAlive: true, scheduling: 'fifo' });
  const random = seededRandom(seed);
  /** @type {Promise<number>[]} */
  const latencies = [];
  const start = performance.now();
  let due = start;
  let warmUp = 0;
  while (due < start + WARM_UP_MS + seconds * 1000) {
    due += (-Math.log(1 - random()) / rate) * 1000;
    const early = due - performance.now();
    // A timer has a resolution of a millisecond.
    if (early >= 1) await wait(Math.floor(early));
    if (due < start + WARM_UP_MS) warmUp += 1;
    const path = paths[latencies.length % paths.length] ?? '/';
    const latency = send(new URL(path, url), { agent, headers, body }, Math.min(due, performance.now()));
    // Heard of below.
    latency.catch(() => {});
    latencies.push(latency);
  }
  const measured = (await Promise.all(latencies)).slice(warmUp);
  agent.destroy();
  return { p50: percentile(measured, 0.5), p99: percentile(measured, 0.99), longest: Math.max(...measured) };
}

/**
 * @param {URL} url
 * @param {{ agent: Agent, headers: Record<string, string>, body: string }} options
 * @param {number} due
 * @returns {Promise<number>}
 */
async function send(url, { agent, headers, body }, due) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(performance.now() - due);
        else reject(new Error(`A request was answered ${answer.statusCode}.`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** @param {number} seed */
function seededRandom(seed) {
  let state = seed;
  return () => {
    // The "minimal standard" generator of Park and Miller, 1988.
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
