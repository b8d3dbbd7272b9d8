import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { isEntitlementServerError } from '../../entitlement-server-error.js';
import { hashPassword } from '../password.js';
import { serve } from '../serve.js';
import { CommandLineFault, readCommandLine, type Command } from './command-line.js';
import { ConfigurationFault } from './configuration-fault.js';
import { prepareEntitlementServer } from './prepare-entitlement-server.js';
import { prepareLicenseServer } from './prepare-license-server.js';
import { readConfiguration } from './read-configuration.js';
import { readPassword, type PasswordInput } from './read-password.js';
import { USAGE } from './usage.js';

/** What the command works with. */
export interface CliSurroundings {
  /** After the program's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: PasswordInput;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
  /** Ends a server that runs. */
  readonly stop: AbortSignal;
}

/** As `--help` lists them. */
const EXIT = { ok: 0, failed: 1, usage: 2, configuration: 3 } as const;
const EXAMPLES = {
  'print-example': new URL('../../../example.config.yaml', import.meta.url),
  'print-license-server-example': new URL('../../../example.license-server.yaml', import.meta.url),
} as const;

type ServeCommand = Extract<Command, { readonly config: string }>;

/** Does what the command line asks for, and resolves with the exit code once it is done. */
export async function runCli(surroundings: CliSurroundings): Promise<number> {
  try {
    return await run(readCommandLine(surroundings.args), surroundings);
  } catch (error) {
    return explain(error, surroundings.printError);
  }
}

async function run(command: Command, surroundings: CliSurroundings): Promise<number> {
  const { print } = surroundings;
  switch (command.do) {
    case 'help':
      print(USAGE);
      return EXIT.ok;
    case 'print-example':
    case 'print-license-server-example':
      print(await readFile(EXAMPLES[command.do], 'utf8'));
      return EXIT.ok;
    case 'hash-password':
      return printHash(surroundings);
    case 'check':
    case 'serve':
      return runServer(command, surroundings);
    default:
      return command satisfies never;
  }
}

async function printHash({ stdin, print, printError }: CliSurroundings): Promise<number> {
  const password = await readPassword(stdin, () => printError('Password: '));
  if (stdin.isTTY) printError('\n');
  if (password === null)
    throw new CommandLineFault('There was no password, or it is longer than 1024 characters.');

  print(`${await hashPassword(password)}\n`);
  return EXIT.ok;
}

async function runServer(command: ServeCommand, surroundings: CliSurroundings): Promise<number> {
  const { env, cwd, print, stop } = surroundings;
  const path = resolve(cwd, command.config);
  const sources = { env, folder: dirname(path) };
  const configuration = await readConfiguration(path);
  const prepared =
    configuration.role === 'license-server'
      ? await prepareLicenseServer(configuration, sources)
      : await prepareEntitlementServer(configuration, sources);
  if (command.do === 'check') {
    print('The configuration is fine.\n');
    return EXIT.ok;
  }

  const server = await prepared.open();
  const { drainSeconds, timeoutSeconds } = configuration.shutdown;
  try {
    const running = await serve({
      server,
      port: command.port ?? configuration.port,
      hostname: command.host ?? configuration.host,
      drainMs: drainSeconds * 1000,
      closeTimeoutMs: timeoutSeconds * 1000,
    });
    print(`${prepared.name}: ${running.url}\n`);
    await aborted(stop);
    await running.close();
  } finally {
    await server.close();
  }
  return EXIT.ok;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
}

/** Our own errors are written for people, and name the option at fault. Of any other, no more than where it came from. */
function explain(error: unknown, printError: (text: string) => void): number {
  if (error instanceof CommandLineFault) {
    printError(`${error.message}\n\n${USAGE}`);
    return EXIT.usage;
  }
  if (error instanceof ConfigurationFault) {
    printError(`The configuration cannot be used:\n${error.message.replaceAll(/^/gm, '  ')}\n`);
    return EXIT.configuration;
  }
  if (isEntitlementServerError(error)) {
    const isConfigured = error.code === 'invalid-configuration';
    printError(
      isConfigured ? `The configuration cannot be used:\n  ${error.message}\n` : `${error.message}\n`,
    );
    return isConfigured ? EXIT.configuration : EXIT.failed;
  }
  printError(`${error instanceof Error ? (error.stack ?? error.message) : 'Something went wrong.'}\n`);
  return EXIT.failed;
}
