import type { LicenseEnvelope } from '../sealed/sealed-message.js';

/** Widevine's envelope. */
export const WIDEVINE_ENVELOPE: LicenseEnvelope = {
  system: 'widevine',
  writeRequest: () => notYet(),
  readRequest: () => notYet(),
  writeResponse: () => notYet(),
  readResponse: () => notYet(),
};

function notYet(): never {
  throw new Error('not written yet');
}
