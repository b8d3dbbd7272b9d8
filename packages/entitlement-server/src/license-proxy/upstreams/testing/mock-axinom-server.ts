import { startHttpPeer, type HttpPeer } from './http-peer.js';
import { verifyHs256 } from './verify-jwt.js';

/** What the mock reads of a message; see docs.axinom.com, "Entitlement Message". */
interface EntitlementMessage {
  readonly type: string;
  readonly version: number;
  readonly license: unknown;
  readonly content_keys_source: {
    readonly inline: readonly { readonly id: string; readonly usage_policy: string }[];
  };
  readonly content_key_usage_policies: readonly { readonly name: string }[];
}

/**
 * **A mock, and nothing of Axinom's**: it checks the envelope of a license service message as the public document describes it
 * and answers with what it read, as JSON, where a license would be. A message whose id it has seen is refused.
 */
export async function startMockAxinomServer(
  { communicationKeyId, communicationKey }: { communicationKeyId: string; communicationKey: Uint8Array },
  clock: () => number,
): Promise<HttpPeer> {
  const used = new Set<unknown>();

  return startHttpPeer(({ headers, body }, response) => {
    const jwt = verifyHs256(headers['x-axdrm-message'] ?? '', communicationKey);
    const payload = jwt?.payload ?? {};
    const message = payload['message'] as EntitlementMessage | undefined;
    const names = new Set(message?.content_key_usage_policies.map(({ name }) => name));
    const isValid =
      payload['version'] === 1 &&
      payload['com_key_id'] === communicationKeyId &&
      Date.parse(String(payload['begin_date'])) <= clock() &&
      Date.parse(String(payload['expiration_date'])) > clock() &&
      message?.type === 'entitlement_message' &&
      message.version === 2 &&
      message.content_keys_source.inline.every((key) => names.has(key.usage_policy)) &&
      !used.has(payload['id']);
    used.add(payload['id']);
    if (!isValid) {
      response.writeHead(403).end('AxDRM error 1042: secret-of-the-vendor');
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
    response.end(JSON.stringify({ message, challenge: body.toString('hex') }));
  });
}
