import { startHttpPeer, type HttpPeer } from './http-peer.js';
import { verifyHs256 } from './verify-jwt.js';

/**
 * **A mock, and nothing of castLabs'**: it checks an authorization token as the public page describes it, once by its `jti`, and
 * answers with what it read where a license would be: for Widevine in JSON, for FairPlay a CKC in base64.
 */
export async function startMockDrmtodayServer(
  {
    merchant,
    sharedSecretId,
    sharedSecret,
  }: { merchant: string; sharedSecretId: string; sharedSecret: Uint8Array },
  clock: () => number,
): Promise<HttpPeer> {
  const used = new Set<unknown>();

  return startHttpPeer(({ headers, body, path }, response) => {
    const jwt = verifyHs256(headers['x-dt-auth-token'] ?? '', sharedSecret);
    const { jti, iat, exp, optData, crt } = (jwt?.payload ?? {}) as Readonly<Record<string, string>>;
    const custom = Buffer.from(headers['x-dt-custom-data'] ?? '', 'base64').toString();
    const seconds = clock() / 1000;
    const isValid =
      jwt?.header['kid'] === sharedSecretId &&
      jwt.header['typ'] === 'JWT' &&
      Number(iat) <= seconds &&
      Number(exp) > seconds &&
      typeof jti === 'string' &&
      !used.has(jti) &&
      custom === optData &&
      (JSON.parse(optData ?? '') as { merchant: string }).merchant === merchant;
    used.add(jti);
    if (!isValid) {
      response.writeHead(403).end('{"error":"secret-of-the-vendor"}');
      return;
    }
    const read = { optData: JSON.parse(optData ?? '') as unknown, crt: JSON.parse(crt ?? '') as unknown };
    if (path === '/fairplay') {
      const spc = new URLSearchParams(body.toString()).get('spc') ?? '';
      response.end(Buffer.concat([Buffer.from([0, 0, 0, 1]), Buffer.from(spc, 'base64')]).toString('base64'));
      return;
    }
    const license = Buffer.from(JSON.stringify({ ...read, challenge: body.toString('hex') }));
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ status: 'OK', license: license.toString('base64') }));
  });
}
