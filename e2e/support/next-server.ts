import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const EXAMPLES = fileURLToPath(new URL('../../.cache/examples', import.meta.url));
const SERVER = join(EXAMPLES, 'next/.next/standalone/server.js');

/** The built Next.js example, as it would run in production. */
export interface NextServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the example beside an entitlement server, on a free port. */
export async function startNextServer(entitlementServer: string): Promise<NextServer> {
  const port = await freePort();
  const child = spawn(process.execPath, [SERVER], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      SECURE_PLAYER_SERVER: entitlementServer,
      HOSTNAME: '127.0.0.1',
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('Ready')) resolve();
    });
    exited.then(() => reject(new Error('The Next.js example did not start.')), reject);
  });

  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      child.kill();
      await exited;
    },
  };
}

/** Next wants a port that it is told. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');

  return port;
}
