import { once } from 'node:events';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

import { PROBLEM_MEDIA_TYPE, createProblem } from '@secure-player/protocol';

/** Ends an HTTP server without cutting off anybody who is being answered. */
export interface GracefulClose {
  /** From now on every answer says that its connection ends with it, so that clients open the next one elsewhere. */
  drain(): void;
  /**
   * Takes no more connections, closes those on which nothing is under way, and the others when their answer is out; after
   * `timeoutMs` whatever is left. Resolves when all are closed.
   */
  close(timeoutMs: number): Promise<void>;
}

/** Puts a listener on a server that does not listen yet, and watches over its connections. */
export function attachGracefully(http: Server, listener: RequestListener): GracefulClose {
  const answers = new Map<Socket, Set<ServerResponse>>();
  let isDraining = false;
  let isClosing = false;

  http.on('connection', (socket: Socket) => {
    answers.set(socket, new Set());
    socket.once('close', () => answers.delete(socket));
  });
  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const underWay = answers.get(socket);
    underWay?.add(response);
    response.once('close', () => {
      underWay?.delete(response);
      if (isClosing && underWay?.size === 0) socket.destroySoon();
    });
    if (isDraining) response.setHeader('Connection', 'close');
    if (isClosing) refuse(response);
    else listener(request, response);
  });

  return {
    drain() {
      isDraining = true;
      for (const underWay of answers.values()) announceClose(underWay);
    },

    async close(timeoutMs) {
      const closed = once(http, 'close');
      const timeout = setTimeout(() => http.closeAllConnections(), timeoutMs);
      isClosing = true;
      // Node's own `close()` of an HTTP server also ends connections whose answer was handed over but not yet sent, which
      // would cut off the end of a segment.
      NetServer.prototype.close.call(http);
      for (const [socket, underWay] of answers) {
        if (underWay.size === 0) socket.destroySoon();
        announceClose(underWay);
      }

      await closed;
      clearTimeout(timeout);
    },
  };
}

function announceClose(underWay: ReadonlySet<ServerResponse>): void {
  for (const response of underWay) {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  }
}

/** A request that came on a connection that was still busy. */
function refuse(response: ServerResponse): void {
  response.writeHead(503, { 'Content-Type': PROBLEM_MEDIA_TYPE, Connection: 'close', 'Retry-After': '5' });
  response.end(JSON.stringify(createProblem('service-unavailable')));
}
