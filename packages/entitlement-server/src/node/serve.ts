import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import { getRequestListener } from '@hono/node-server';
import { PROBLEM_MEDIA_TYPE, createProblem } from '@secure-player/protocol';

import { EntitlementServerError } from '../entitlement-server-error.js';

/** Where to listen, and what answers. */
export interface ServeOptions {
  /** An `EntitlementServer`, or anything else whose `app` has a Web-standard `fetch`. */
  readonly server: { readonly app: { fetch(request: Request): Response | Promise<Response> } };
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
   * How long nothing may move on a connection whose answer is under way. A reader that stops holds a file open, and
   * after this time loses it; a player that was only paused asks for the rest again.
   * @default 60000
   */
  readonly idleTimeoutMs?: number | undefined;
}

/** A server that listens. */
export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, lets those under way finish for a bounded time, and resolves. May be called again. */
  readonly close: () => Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** Listens on a port. Rejects with an `EntitlementServerError` that says why when it cannot. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { server, port = 0, hostname = '127.0.0.1', closeTimeoutMs = 5000, idleTimeoutMs = 60_000 } = options;
  const listener = getRequestListener((request) => server.app.fetch(request), {
    // The adapter's faster classes would replace those of the whole process, tests and other libraries included.
    overrideGlobalObjects: false,
    errorHandler: refuseUnreadable,
  });
  const underWay = new Set<ServerResponse>();
  const http = createServer(
    { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    (request: IncomingMessage, response: ServerResponse) => {
      underWay.add(response);
      response.once('close', () => underWay.delete(response));
      void listener(request, response);
    },
  );
  http.setTimeout(idleTimeoutMs);
  http.on('clientError', (_error, socket) => refuseConnection(socket));

  const address = await listen(http, port, hostname);
  return {
    url: toUrl(hostname, address.port),
    port: address.port,
    close: closeOnce(http, underWay, closeTimeoutMs),
  };
}

/** A request that does not even make a URL, such as one with an impossible Host header. */
function refuseUnreadable(): Response {
  return Response.json(createProblem('invalid-request'), {
    status: 400,
    headers: { 'Content-Type': PROBLEM_MEDIA_TYPE },
  });
}

/** Bytes that are not HTTP. Node would answer in plain text. */
function refuseConnection(socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(createProblem('invalid-request'));
  const headers = `Content-Type: ${PROBLEM_MEDIA_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}`;
  socket.end(`HTTP/1.1 400 Bad Request\r\nConnection: close\r\n${headers}\r\n\r\n${body}`);
}

async function listen(http: Server, port: number, hostname: string): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', (cause: NodeJS.ErrnoException) => reject(toListenError(cause)));
    http.listen(port, hostname, resolve);
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
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new EntitlementServerError(
        'address-unavailable',
        'This machine has no such address: use 127.0.0.1, or 0.0.0.0 for all of them.',
        { field: 'hostname', cause },
      );
    default:
      return new EntitlementServerError('listen-failed', 'The server could not listen; the cause says why.', {
        cause,
      });
  }
}

function closeOnce(http: Server, underWay: Set<ServerResponse>, timeoutMs: number): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return async () => (closing ??= close(http, underWay, timeoutMs));
}

/**
 * Node's own `close()` also ends connections whose answer was handed over but not yet sent, which would cut off the end
 * of a segment. So requests under way are waited for first; the port takes no new work meanwhile.
 */
async function close(http: Server, underWay: Set<ServerResponse>, timeoutMs: number): Promise<void> {
  http.removeAllListeners('request');
  http.on('request', refuseWhileClosing);
  const timeout = AbortSignal.timeout(timeoutMs);
  const pending = [...underWay].map(async (response) => once(response, 'close', { signal: timeout }));
  await Promise.allSettled(pending);

  const closed = once(http, 'close');
  http.close();
  http.closeAllConnections();
  await closed;
}

function refuseWhileClosing(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { 'Content-Type': PROBLEM_MEDIA_TYPE, Connection: 'close', 'Retry-After': '5' });
  response.end(JSON.stringify(createProblem('service-unavailable')));
}

function toUrl(hostname: string, port: number): string {
  const host = hostname === '0.0.0.0' || hostname === '::' ? '127.0.0.1' : hostname;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
