import { createDecipheriv, createHash } from 'node:crypto';

import { startHttpPeer, type HttpPeer } from './http-peer.js';

/** How long the service takes a token. */
const TOKEN_LIFETIME_MS = 600_000;

/**
 * **A mock, and nothing of DoveRunner's**: it checks hash and age of a license token (version 2) as the public guide describes
 * them, decrypts the policy, and answers with what it read where a license would be; for FairPlay a CKC in base64.
 */
export async function startMockDoverunnerServer(
  { siteId, siteKey, accessKey }: { siteId: string; siteKey: string; accessKey: string },
  clock: () => number,
): Promise<HttpPeer> {
  return startHttpPeer(({ headers, body }, response) => {
    const token = readToken(headers['pallycon-customdata-v2'] ?? '');
    const { drm_type, site_id, user_id, cid, policy, timestamp, hash } = token;
    const input = [accessKey, drm_type, site_id, user_id, cid, policy, timestamp].join('');
    const isValid =
      site_id === siteId &&
      hash === createHash('sha256').update(input).digest('base64') &&
      Math.abs(clock() - Date.parse(timestamp ?? '')) <= TOKEN_LIFETIME_MS;
    if (!isValid) {
      response.writeHead(403).end('7011');
      return;
    }
    const decipher = createDecipheriv('aes-256-cbc', siteKey, '0123456789abcdef');
    const text = decipher.update(policy ?? '', 'base64', 'utf8') + decipher.final('utf8');
    const { policy: _, hash: __, ...rest } = token;
    if (drm_type === 'FairPlay') {
      const spc = new URLSearchParams(body.toString()).get('spc') ?? '';
      response.end(Buffer.concat([Buffer.from([0, 0, 0, 1]), Buffer.from(spc, 'base64')]).toString('base64'));
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
    response.end(
      JSON.stringify({ token: rest, policy: JSON.parse(text) as unknown, challenge: body.toString('hex') }),
    );
  });
}

function readToken(header: string): Readonly<Record<string, string | undefined>> {
  return JSON.parse(Buffer.from(header, 'base64').toString()) as Record<string, string>;
}
