import { createUpstream, type UpstreamPorts } from '../create-upstream.js';
import type { MonitoredUpstream } from '../monitored-upstream.js';
import type { BuiltInUpstreamOptions } from '../upstream-options.js';
import { NOW } from './grants.js';
import { startHttpPeer, type HttpPeer, type PeerHandler } from './http-peer.js';

/** What a server could write that nobody else may read. */
export const SECRET = 'text-of-the-upstream';

/** Bytes for a CDM. */
export const LICENSE = Buffer.from([0, 9, 8, 7]);

/** Answers as a license server does. */
export const answerLicense: PeerHandler = (_, response) =>
  response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(LICENSE);

/** A license server, what reaches it over a real connection, and a clock that a test turns. */
export interface UpstreamSetup {
  readonly upstream: MonitoredUpstream;
  readonly peer: HttpPeer;
  readonly clock: { now: number };
  /** Tokens that reached the server. */
  readonly tokens: () => readonly string[];
  /** All that were made. */
  readonly minted: () => readonly string[];
}

/** An upstream of the built-in kind in front of a server that does what a test says; its tokens are numbered. */
export async function setupUpstream(
  handler: PeerHandler,
  options: Partial<BuiltInUpstreamOptions> = {},
  ports: UpstreamPorts = {},
): Promise<UpstreamSetup> {
  const peer = await startHttpPeer(handler);
  const clock = { now: NOW };
  const minted: string[] = [];
  const upstream = createUpstream(
    { kind: 'license-server', url: `${peer.url}/licenses`, ...options },
    {
      clock: () => clock.now,
      mintToken: () => {
        minted.push(`token-${minted.length + 1}`);
        return minted.at(-1) ?? '';
      },
      ...ports,
    },
  );
  return {
    upstream,
    peer,
    clock,
    minted: () => minted,
    tokens: () => peer.requests.map(({ headers }) => headers['authorization']?.replace('Bearer ', '') ?? ''),
  };
}
