import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { isEntitlementServerError, serve } from '@secure-player/entitlement-server';
import { isPackagingError } from '@secure-player/packaging';

import { createDemoSite } from './demo-site.js';
import { loadKeySeed } from './key-seed.js';
import { prepareTitles, type PreparationProgress } from './prepare-titles.js';

const CACHE = fileURLToPath(new URL('../../../../.cache', import.meta.url));
const USAGE = `Serves the Secure Player demo.

  --port <number>  the port to listen on; a free one by default
  --host <name>    the address to listen on; 127.0.0.1, this machine only, by default
  --log            one line of JSON on stderr for each request
`;

interface Settings {
  readonly port: number;
  readonly hostname: string;
  readonly logLevel: 'info' | 'error';
}

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

try {
  const settings = readSettings();
  if (settings === null) process.stdout.write(USAGE);
  else await run(settings, stop.signal);
} catch (error) {
  if (!stop.signal.aborted) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

/** Serves until the signal aborts, and then lets answers under way finish. */
async function run({ port, hostname, logLevel }: Settings, signal: AbortSignal): Promise<void> {
  const mediaRoot = join(CACHE, 'media');
  const keySeed = await loadKeySeed(join(CACHE, 'key-seed'));
  const titles = await prepareTitles({ mediaRoot, keySeed, signal, onProgress: reportProgress });
  signal.throwIfAborted();

  const site = createDemoSite({ titles, mediaRoot, keySeed, logLevel });
  const running = await serve({ server: site, port, hostname });
  process.stdout.write(`Secure Player demo: ${running.url}/\n`);

  await aborted(signal);
  await running.close();
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Only what takes time is worth a line: a title that lies in the cache is not. */
function reportProgress({ contentId, completed, total, message }: PreparationProgress): void {
  if (completed < total)
    process.stderr.write(`Packaging ${contentId} (${completed + 1}/${total}): ${message}\n`);
}

function readSettings(): Settings | null {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      log: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;

  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new Error('--port must be a number from 0 to 65535.');
  return { port, hostname: values.host, logLevel: values.log ? 'info' : 'error' };
}

/** Messages of our own errors are written for people; of any other, the stack says more. */
function explain(error: unknown): string {
  if (isPackagingError(error)) return [error.message, error.details.output].filter(Boolean).join('\n');
  if (isEntitlementServerError(error)) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    return `${error.message}\n\n${USAGE}`;

  const isOurs = error.constructor === Error && !('code' in error);
  return isOurs ? error.message : (error.stack ?? error.message);
}
