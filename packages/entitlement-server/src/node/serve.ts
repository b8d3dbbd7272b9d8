import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { getRequestListener } from '@hono/node-server';
import { PROBLEM_MEDIA_TYPE, createProblem } from '@secure-player/protocol';

import { EntitlementServerError, invalidConfiguration } from '../entitlement-server-error.js';
import { endOfTurn } from './end-of-turn.js';
import { attachGracefully } from './graceful-close.js';
import { refuseConnection } from './refuse-connection.js';

/** What can be served. */
export interface ServedApp {
  /** `env` is what the adapter knows of the connection; whoever passes requests on passes it on too. */
  readonly app: { fetch(request: Request, env?: unknown): Response | Promise<Response> };
  /** Called when closing begins: from now on it says that it is not ready. */
  readonly shutDown?: (() => void) | undefined;
  /** Called when the last answer is out: lets go of what it remembers things in. */
  readonly close?: (() => Promise<void>) | undefined;
}

/** Where to listen, and what answers. */
export interface ServeOptions {
  /** An `EntitlementServer`, or anything else whose `app` has a Web-standard `fetch`. */
  readonly server: ServedApp;
  /**
   * 0 takes a free one.
   * @default 0
   */
  readonly port?: number | undefined;
  /** @default '127.0.0.1': this machine only */
  readonly hostname?: string | undefined;
  /**
   * How long `close()` waits for answers that are under way.
   * @default 5000
   */
  readonly closeTimeoutMs?: number | undefined;
  /**
   * How long `close()` answers as before, but for `/readyz`, so that load balancers notice and send no more. Each answer ends
   * its connection.
   * @default 0
   */
  readonly drainMs?: number | undefined;
  /**
   * How long nothing may move on a connection whose answer is under way. A reader that stops holds a file open, and
   * after this time loses it; a player that was only paused asks for the rest again.
   * @default 60000
   */
  readonly idleTimeoutMs?: number | undefined;
  /**
   * How long a connection is kept for another request when everything on it has been answered. It has to be longer than a
   * load balancer in front keeps it: one that sends a request just as this server hangs up cannot send a POST once more,
   * and answers 502. Most keep it for 60 seconds, where Node's own 5 would end it first; some do so for ten minutes.
   * @default 75000
   */
  readonly keepAliveTimeoutMs?: number | undefined;
}

/** A server that listens. */
export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /**
   * Says that it is not ready, takes no more connections, lets answers under way finish for a bounded time, closes the
   * server's store, and resolves. May be called again.
   */
  readonly close: () => Promise<void>;
}

/** The request line and the headers together. */
const MAX_HEADER_BYTES = 16 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/**
 * How many connections may wait to be taken up. A viewer whose connection does not find room tries again after a second, and
 * Node's 511 are fewer than come to a premiere in a tenth of one. The system's own bound (`somaxconn`) is 4096 on Linux.
 */
const WAITING_CONNECTIONS = 4096;

/** Listens on a port. Rejects with an `EntitlementServerError` that says why when it cannot. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { server, port = 0, hostname = '127.0.0.1', closeTimeoutMs = 5000 } = options;
  const { drainMs = 0, idleTimeoutMs = 60_000, keepAliveTimeoutMs = 75_000 } = options;
  // Node would listen on every interface.
  if (hostname === '') throw invalidConfiguration('hostname', 'is empty: use 0.0.0.0 for all interfaces');
  const answer = async (request: Request, env: unknown): Promise<Response> => {
    await endOfTurn();
    return server.app.fetch(request, env);
  };
  const listener = getRequestListener(answer, {
    // The adapter's faster classes would replace those of the whole process, tests and other libraries included.
    overrideGlobalObjects: false,
    errorHandler: refuseUnreadable,
  });
  const http = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: keepAliveTimeoutMs,
    maxHeaderSize: MAX_HEADER_BYTES,
    // Without a host Node would answer by itself, and not with a problem.
    requireHostHeader: false,
  });
  const connections = attachGracefully(http, (request, response) => void listener(request, response));
  http.setTimeout(idleTimeoutMs);
  http.on('clientError', refuseConnection);
  // RFC 9110 section 10.1.1 lets a server pass over an expectation that it does not know.
  http.on('checkExpectation', (request, response) => http.emit('request', request, response));

  const address = await listen(http, port, hostname);
  return {
    url: toUrl(hostname, address.port),
    port: address.port,
    close: closeOnce(async () => {
      server.shutDown?.();
      connections.drain();
      if (drainMs > 0) await delay(drainMs);
      await connections.close(closeTimeoutMs);
      await server.close?.();
    }),
  };
}

/** A request that does not even make a URL, such as one with an impossible Host header. */
function refuseUnreadable(): Response {
  return Response.json(createProblem('invalid-request'), {
    status: 400,
    headers: { 'Content-Type': PROBLEM_MEDIA_TYPE },
  });
}

async function listen(http: Server, port: number, hostname: string): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', (cause: NodeJS.ErrnoException) => reject(toListenError(cause)));
    http.listen({ port, host: hostname, backlog: WAITING_CONNECTIONS }, resolve);
  });
  return http.address() as AddressInfo;
}

function toListenError(cause: NodeJS.ErrnoException): EntitlementServerError {
  switch (cause.code) {
    case 'EADDRINUSE':
      return new EntitlementServerError(
        'address-in-use',
        'Another program listens on this port: choose another, or 0 for a free one.',
        { field: 'port', cause },
      );
    case 'EACCES':
      return new EntitlementServerError(
        'listen-failed',
        'This user may not listen on the port: choose another one, from 1024 on.',
        { field: 'port', cause },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new EntitlementServerError(
        'address-unavailable',
        'This machine has no such address: use 127.0.0.1, or 0.0.0.0 for all of them.',
        { field: 'hostname', cause },
      );
    default:
      return new EntitlementServerError(
        'listen-failed',
        `The server could not listen (${cause.code ?? 'unknown'}).`,
        { cause },
      );
  }
}

/** Each step once, and in this order: not ready, no more requests, nothing left to remember. */
function closeOnce(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return async () => (closing ??= close());
}

function toUrl(hostname: string, port: number): string {
  const host = hostname === '0.0.0.0' || hostname === '::' ? '127.0.0.1' : hostname;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
