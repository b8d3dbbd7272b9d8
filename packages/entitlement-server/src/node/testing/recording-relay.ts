import { request as ask, type IncomingMessage } from 'node:http';

import {
  startHttpPeer,
  type HttpPeer,
  type PeerRequest,
} from '../../license-proxy/upstreams/testing/http-peer.js';

/** Somebody on the line: passes everything on to another server, and has seen all of it. */
export interface RecordingRelay extends Pick<HttpPeer, 'url' | 'requests'> {
  /** Where it passes requests on to. */
  target: string;
  /** Told when the other server has begun to read a body of which the rest follows once this resolves. */
  onHalfway: ((request: PeerRequest) => Promise<void>) | undefined;
}

/** Starts one on a free port. */
export async function startRecordingRelay(target: string): Promise<RecordingRelay> {
  const peer = await startHttpPeer(async (request, response) => {
    try {
      const answer = await passOn(request, relay);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    } catch {
      response.destroy();
    }
  });
  const relay: RecordingRelay = { url: peer.url, requests: peer.requests, target, onHalfway: undefined };
  return relay;
}

async function passOn(
  received: PeerRequest,
  { target, onHalfway }: RecordingRelay,
): Promise<IncomingMessage> {
  const { method, body } = received;
  return new Promise((resolve, reject) => {
    const outgoing = ask(`${target}${received.path}`, {
      method,
      agent: false,
      headers: { ...received.headers, expect: '100-continue' },
    });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    // Node says so when it has handed the request over.
    outgoing.once('continue', () => {
      outgoing.write(body.subarray(0, 1));
      void (onHalfway?.(received) ?? Promise.resolve()).then(() => outgoing.end(body.subarray(1)), reject);
    });
    outgoing.flushHeaders();
  });
}
