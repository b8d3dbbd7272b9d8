import type { SealAnswerOptions } from './sealed-license.js';
import type { SealedMessage, SealedRequest } from './sealed-message.js';

/** What {@link openReleaseAcknowledgement} needs. */
export interface OpenReleaseAcknowledgementOptions {
  /** The release that it must acknowledge. */
  readonly request: SealedRequest;
  /** The root's public key. */
  readonly root: CryptoKey;
}

export async function sealReleaseAcknowledgement(options: SealAnswerOptions): Promise<SealedMessage> {
  throw new Error(`not written yet: ${options.request.type}`);
}

export async function openReleaseAcknowledgement(
  message: SealedMessage,
  options: OpenReleaseAcknowledgementOptions,
): Promise<void> {
  throw new Error(`not written yet: ${message.type} ${options.root.type}`);
}
