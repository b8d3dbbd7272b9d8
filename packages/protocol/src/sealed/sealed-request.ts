import type { Certificate } from './certificate.js';
import type { SealedIdentity } from './sealed-identity.js';
import type { SealedMessage, SealedRequest } from './sealed-message.js';

/** What {@link sealRequest} needs. */
export interface SealRequestOptions {
  readonly device: SealedIdentity;
  /** Whose server certificate the page has set: the device's own certificate is then encrypted to it. @default none */
  readonly service?: Certificate | undefined;
}

/** What {@link openRequest} needs. */
export interface OpenRequestOptions {
  readonly service: SealedIdentity;
  /** The root's public key. */
  readonly root: CryptoKey;
}

/** A request, and which device made it. */
export interface OpenedRequest {
  readonly request: SealedRequest;
  readonly device: Certificate;
}

export async function sealRequest(
  request: SealedRequest,
  options: SealRequestOptions,
): Promise<SealedMessage> {
  throw new Error(`not written yet: ${request.type} ${options.device.certificate.length}`);
}

export async function openRequest(
  message: SealedMessage,
  options: OpenRequestOptions,
): Promise<OpenedRequest> {
  throw new Error(`not written yet: ${message.type} ${options.root.type}`);
}
