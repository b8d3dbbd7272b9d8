import { spawn } from 'node:child_process';
import process from 'node:process';
import readline from 'node:readline';
import { childEnvironment, root } from './environment.mjs';

/** How long children may take to end after a signal before they are killed. */
const GRACE_MS = 5_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Set by the first signal: from then on commands end because we end them, which is no failure to report. */
let isStopping = false;

/** A command that ended with an error; `output` is what it printed, when it was captured. */
export class CommandError extends Error {
  /**
   * @param {string} command
   * @param {number | NodeJS.Signals} code
   * @param {string} output
   */
  constructor(command, code, output) {
    super(`${command} failed (${typeof code === 'number' ? `exit code ${code}` : code}).`);
    this.name = 'CommandError';
    this.output = output;
  }
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] The repository's root where it is left out.
 * @property {Record<string, string | undefined>} [env] Added to the environment.
 * @property {'capture' | 'inherit'} [output] `capture` keeps the output for the error; `inherit` passes it through.
 * @property {(line: string) => void} [onLine] Called with captured output as it comes.
 */

/**
 * Runs a command and resolves with its output; rejects with a {@link CommandError} when it fails.
 * The child leads a process group of its own, so that a stop reaches its children as well.
 *
 * @param {string} name How messages call the command.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>}
 */
export function runCommand(name, file, args, { cwd = root, env = {}, output = 'capture', onLine } = {}) {
  const isBatchFile = process.platform === 'win32' && /\.cmd$/i.test(file);
  const child = spawn(file, args, {
    cwd,
    env: { ...childEnvironment, ...env },
    stdio: output === 'inherit' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    shell: isBatchFile,
  });
  running.add(child);

  let captured = '';
  for (const input of [child.stdout, child.stderr]) {
    if (input === null) continue;
    readline.createInterface({ input }).on('line', (line) => {
      captured += `${line}\n`;
      onLine?.(line);
    });
  }

  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      running.delete(child);
      reject(new CommandError(name, 127, error.message));
    });
    child.once('close', (code, signal) => {
      running.delete(child);
      if (isStopping) return;
      if (code === 0) resolve(captured);
      else reject(new CommandError(name, code ?? signal ?? 1, captured));
    });
  });
}

/**
 * Runs a Node program: the way to start a package's command without a shell, on every platform.
 *
 * @param {string} name
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function runNode(name, args, options) {
  return runCommand(name, process.execPath, args, options);
}

/**
 * Runs npm: the one that started us, else the one on the path.
 *
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function runNpm(args, options) {
  const name = `npm ${args[0]}`;
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('.js')) return runNode(name, [cli, ...args], options);
  return runCommand(name, process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

/**
 * Sends a signal to every running child and its children.
 *
 * @param {NodeJS.Signals} signal
 */
function stopAll(signal) {
  for (const { pid } of running) {
    if (pid === undefined) continue;
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, signal);
    } catch {
      // It has ended in the meantime.
    }
  }
}

/**
 * Makes Ctrl-C and termination end all children before this process ends; a second Ctrl-C does not wait.
 *
 * @param {{ exitCode: number }} options `exitCode` is what a stop by signal means to the caller: 0 for a server.
 */
export function stopChildrenOnSignal({ exitCode }) {
  const kill = () => {
    stopAll('SIGKILL');
    process.exit(exitCode);
  };
  const stop = () => {
    if (running.size === 0 || isStopping) kill();
    isStopping = true;
    stopAll('SIGTERM');
    setTimeout(kill, GRACE_MS);

    const poll = setInterval(() => {
      if (running.size > 0) return;
      clearInterval(poll);
      process.exit(exitCode);
    }, 20);
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
}
