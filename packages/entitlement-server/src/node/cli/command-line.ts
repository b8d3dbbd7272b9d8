import { parseArgs } from 'node:util';

/** What the command line asks for. */
export type Command =
  | { readonly do: 'help' | 'print-example' | 'print-license-server-example' | 'hash-password' }
  | {
      readonly do: 'check' | 'serve';
      readonly config: string;
      readonly port: number | undefined;
      readonly host: string | undefined;
    };

/** A command line that asks for nothing that there is. The message is for people. */
export class CommandLineFault extends Error {
  override readonly name = 'CommandLineFault';
}

/** Reads the arguments after the program's name. Throws a {@link CommandLineFault}. */
export function readCommandLine(args: readonly string[]): Command {
  const values = parse(args);
  if (values.help) return { do: 'help' };
  if (values['print-example']) return { do: 'print-example' };
  if (values['print-license-server-example']) return { do: 'print-license-server-example' };
  if (values['hash-password']) return { do: 'hash-password' };
  if (values.config === undefined) {
    throw new CommandLineFault('--config <file> is missing; --print-example prints one to begin with.');
  }
  return {
    do: values.check ? 'check' : 'serve',
    config: values.config,
    port: values.port === undefined ? undefined : requirePort(values.port),
    host: values.host === undefined ? undefined : requireHost(values.host),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        config: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        check: { type: 'boolean', default: false },
        'print-example': { type: 'boolean', default: false },
        'print-license-server-example': { type: 'boolean', default: false },
        'hash-password': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new CommandLineFault((error as Error).message);
  }
}

/** Node listens on every interface where it is told none. */
function requireHost(text: string): string {
  if (text !== '') return text;
  throw new CommandLineFault('--host is empty: name an address, 0.0.0.0 for all of them.');
}

function requirePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new CommandLineFault('--port must be a number from 0 to 65535.');
}
