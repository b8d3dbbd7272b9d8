import { ProtocolError } from '../protocol-error.js';
import type { SealedMessage, SealedMessageType } from './sealed-message.js';
import { signedContext } from './signed-context.js';
import { checkSignature, sign } from './web-crypto.js';

/** Far more than a license for 256 keys needs. */
const MAX_BODY_BYTES = 64 * 1024;

const PURPOSE = 'message';

/** Signs a body together with its type. */
export async function signMessage(
  type: SealedMessageType,
  body: Uint8Array<ArrayBuffer>,
  key: CryptoKey,
): Promise<SealedMessage> {
  return { type, body, signature: await sign(key, signedContext(PURPOSE, type, body), `${type}.signature`) };
}

/** Rejects when the signature is not this key's. `field` names the message in the error. */
export async function checkMessageSignature(
  { type, body, signature }: SealedMessage,
  key: CryptoKey,
  field: string,
): Promise<void> {
  await checkSignature(key, signature, signedContext(PURPOSE, type, body), `${field}.signature`);
}

/** To be called before a body is read. */
export function checkBodySize({ body }: SealedMessage, field: string): void {
  if (body.length > MAX_BODY_BYTES) {
    throw new ProtocolError('oversized', field, `is over ${MAX_BODY_BYTES} bytes`);
  }
}
