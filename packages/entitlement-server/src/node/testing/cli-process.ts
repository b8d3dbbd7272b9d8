import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { onTestFinished } from 'vitest';

/** As it is built: what a signal does to a process cannot be tried within one. `npm test` builds first. */
const PROGRAM = fileURLToPath(new URL('../../../dist/node/cli/main.js', import.meta.url));

/** A server that the command started in a process of its own; killed when the test is over. */
export class CliProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #log: readonly string[];

  private constructor(url: string, child: ChildProcess, log: readonly string[]) {
    this.url = url;
    this.#child = child;
    this.#log = log;
  }

  /** Resolves when it listens. It sees no variable of the environment but these. */
  static async start(config: string, env: Readonly<Record<string, string>>): Promise<CliProcess> {
    if (!existsSync(PROGRAM)) throw new Error('The package is not built.');
    const child = spawn(process.execPath, [PROGRAM, '--config', config], {
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const gone = once(child, 'close');
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await gone;
    });
    const log: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => void log.push(chunk.toString()));

    const said = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    const url = /http:\S+/.exec(String(said[0]))?.[0];
    if (url === undefined) throw new Error(`The server ended with ${String(said[0])}: ${log.join('')}`);
    return new CliProcess(url, child, log);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Everything it wrote on standard error so far. */
  get log(): string {
    return this.#log.join('');
  }

  get hasExited(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Sends a signal; resolves with the exit code and the signal when the process is gone and its log is whole. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<[code: number | null, signal: string | null]> {
    const closed = once(this.#child, 'close');
    this.#child.kill(signal);
    return (await closed) as [number | null, string | null];
  }

  /** The status of an address of it, or that nobody listens there. */
  async statusOf(path: string): Promise<number | 'refused'> {
    try {
      return (await fetch(`${this.url}${path}`)).status;
    } catch {
      return 'refused';
    }
  }

  /** Asks until the answer is this one. */
  async until(path: string, status: number | 'refused'): Promise<void> {
    while ((await this.statusOf(path)) !== status);
  }
}
