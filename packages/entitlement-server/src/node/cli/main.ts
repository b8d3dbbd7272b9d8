#!/usr/bin/env node
import process from 'node:process';

import { runCli } from './run-cli.js';

const stop = new AbortController();
// Once: a second signal does what it does by itself, and ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

process.exitCode = await runCli({
  args: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  print: (text) => void process.stdout.write(text),
  printError: (text) => void process.stderr.write(text),
  stop: stop.signal,
});
