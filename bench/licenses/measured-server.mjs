// A server of the license benchmark as its parent sees it: one process, kept to one processor.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import autocannon from 'autocannon';

import { arrive } from './arrivals.mjs';
import { LICENSE_REQUEST } from './fixture.mjs';

const PROGRAM = fileURLToPath(new URL('server.mjs', import.meta.url));
const OCTETS = { 'content-type': 'application/octet-stream' };
const SIGN_INS = 16;
const JSON_TYPE = { 'content-type': 'application/json' };

/** @typedef {{ heapUsed: number, rss: number, cpu: { user: number, system: number } }} Usage */

/** How a load is sent. @typedef {{ seconds?: number, amount?: number, connections?: number }} Load */

/** A running server, and requests for it. */
export class MeasuredServer {
  #child;
  #url;
  /** @type {string[]} */
  #paths = ['/echo'];

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {string} url
   */
  constructor(child, url) {
    this.#child = child;
    this.#url = url;
  }

  /**
   * @param {string} kind What `server.mjs` runs.
   * @param {{ processor: number, environment?: Record<string, string> }} options
   */
  static async start(kind, { processor, environment = {} }) {
    const child = spawn(
      'taskset',
      ['-c', String(processor), process.execPath, '--expose-gc', PROGRAM, kind],
      {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: { ...process.env, ...environment },
      },
    );
    const [{ port }] = await once(child, 'message');
    return new MeasuredServer(child, `http://127.0.0.1:${port}`);
  }

  /**
   * Signs viewers in and lets each begin to play; the licenses of the load are theirs.
   *
   * @param {number} first
   * @param {number} count
   */
  async openSessions(first, count) {
    const viewers = Array.from({ length: count }, (_, index) => first + index);
    const paths = [];
    // A server checks a bounded number of passwords at a time.
    while (viewers.length > 0) {
      const group = viewers.splice(0, SIGN_INS);
      paths.push(...(await Promise.all(group.map(async (viewer) => this.#openSession(viewer)))));
    }
    this.#paths = paths;
  }

  /** @param {number} viewer */
  async #openSession(viewer) {
    const { token } = await this.#post('/v1/login', { username: `viewer-${viewer}`, password: 'bench' });
    const headers = { authorization: `Bearer ${token}` };
    const { id } = await this.#post(
      '/v1/playback-sessions',
      { contentId: 'premiere', intent: 'play' },
      headers,
    );
    return `/license/clearkey?session=${id}`;
  }

  /**
   * @param {string} path
   * @param {object} body
   * @param {Record<string, string>} [headers]
   */
  async #post(path, body, headers = {}) {
    const answer = await fetch(`${this.#url}${path}`, {
      method: 'POST',
      headers: { ...JSON_TYPE, ...headers },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}.`);
    return answer.json();
  }

  /**
   * Sends requests over and over, each connection for one viewer, and throws unless all are answered with success.
   *
   * @param {Load} load
   */
  async load({ seconds = 10, amount, connections = 64 }) {
    let next = 0;
    const result = await autocannon({
      url: this.#url,
      connections,
      ...(amount === undefined ? { duration: seconds } : { amount }),
      setupClient: (client) => {
        const path = this.#paths[next % this.#paths.length];
        next += 1;
        client.setRequests([{ method: 'POST', path, headers: OCTETS, body: LICENSE_REQUEST }]);
      },
    });
    if (result.non2xx + result.errors > 0) {
      throw new Error(`${result.non2xx} refusals and ${result.errors} errors in ${result['2xx']} answers.`);
    }
    return { perSecond: result['2xx'] / result.duration };
  }

  /**
   * Latencies, in milliseconds, of requests that come at random moments.
   *
   * @param {{ rate: number, seconds: number, seed?: number }} load
   */
  async arrivals(load) {
    const requests = { url: this.#url, paths: this.#paths, headers: OCTETS, body: LICENSE_REQUEST };
    return arrive(requests, load);
  }

  /**
   * How many seconds each of some requests takes that are sent one after the other.
   *
   * @param {number} count
   */
  async latencies(count) {
    const seconds = [];
    for (let index = 0; index < count; index += 1) {
      const since = performance.now();
      const path = this.#paths[index % this.#paths.length];
      const answer = await fetch(`${this.#url}${path}`, {
        method: 'POST',
        headers: OCTETS,
        body: LICENSE_REQUEST,
      });
      await answer.arrayBuffer();
      seconds.push((performance.now() - since) / 1000);
    }
    return seconds;
  }

  /** @returns {Promise<Usage>} */
  async usage() {
    this.#child.send('usage');
    const [usage] = await once(this.#child, 'message');
    return usage;
  }

  async stop() {
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}
