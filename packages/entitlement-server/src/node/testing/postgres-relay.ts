import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

/** The line to a PostgreSQL, until the end of the test. */
export interface PostgresRelay {
  readonly url: string;
  /** From now on, connections that are open pass nothing on, and nobody is told. */
  fallSilent(): void;
  /** Ends the connections that are open. */
  cut(): void;
}

/** Starts one to the database of a URL. */
export async function startPostgresRelay(target: string): Promise<PostgresRelay> {
  const open = new Set<{ client: net.Socket; server: net.Socket }>();
  const relay = net.createServer({ allowHalfOpen: true }, (client) => {
    const server = net.connect(addressOf(target));
    const pair = { client: client.on('error', () => {}), server: server.on('error', () => {}) };
    open.add(pair);
    client.pipe(server);
    server.pipe(client);
    client.once('close', () => server.destroy());
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const cut = (): void => {
    for (const { client } of open) client.destroy();
  };
  onTestFinished(() => {
    relay.close();
    cut();
  });

  const url = new URL(target);
  url.host = `127.0.0.1:${(relay.address() as AddressInfo).port}`;
  return {
    url: url.href,
    cut,
    fallSilent() {
      for (const { client, server } of open) {
        // What is said from now on is read, and lost.
        client.unpipe(server).resume();
        server.unpipe(client).resume();
      }
    },
  };
}

function addressOf(target: string): net.NetConnectOpts {
  const { hostname, port } = new URL(target);
  const host = decodeURIComponent(hostname);
  const number = Number(port || 5432);
  return host.startsWith('/') ? { path: `${host}/.s.PGSQL.${number}` } : { host, port: number };
}
