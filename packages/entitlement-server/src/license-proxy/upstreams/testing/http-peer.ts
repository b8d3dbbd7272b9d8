import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

/** A request as a peer received it. */
export interface PeerRequest {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** What a peer does with a request that it has read. */
export type PeerHandler = (request: PeerRequest, response: ServerResponse) => unknown;

/** A real HTTP server on this machine, gone when the test is over. */
export interface HttpPeer {
  readonly url: string;
  readonly requests: readonly PeerRequest[];
  /** Resolves when so many requests have been read. */
  readonly received: (count: number) => Promise<void>;
  /** Takes no more connections: the next one is refused. */
  readonly close: () => Promise<void>;
}

/** Starts one on a free port. */
export async function startHttpPeer(handle: PeerHandler): Promise<HttpPeer> {
  const requests: PeerRequest[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = createServer((incoming, response) => {
    void readRequest(incoming).then(async (request) => {
      requests.push(request);
      for (const { count, resolve } of waiting) if (requests.length >= count) resolve();
      await handle(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close,
    received: async (count) =>
      requests.length >= count ? undefined : new Promise((resolve) => waiting.push({ count, resolve })),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<PeerRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    path: incoming.url ?? '',
    method: incoming.method ?? '',
    headers: incoming.headers as Record<string, string | undefined>,
    body: Buffer.concat(chunks),
  };
}
