import { startHttpPeer, type HttpPeer } from './http-peer.js';
import { verifyHs256 } from './verify-jwt.js';

/** **A mock of no vendor**: it verifies a Bearer JWT (HS256) in `x-license-auth` and answers with its claims. */
export async function startMockHeaderTokenServer(secret: Uint8Array): Promise<HttpPeer> {
  return startHttpPeer(({ headers, body }, response) => {
    const [, token = ''] = /^Bearer (.+)$/.exec(headers['x-license-auth'] ?? '') ?? [];
    const jwt = verifyHs256(token, secret);
    if (jwt === null) {
      response.writeHead(401).end('no');
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
    response.end(JSON.stringify({ ...jwt, challenge: body.toString('hex') }));
  });
}
