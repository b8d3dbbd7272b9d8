import type { LicenseEnvelope } from '../sealed/sealed-message.js';

/** FairPlay's envelope. */
export const FAIRPLAY_ENVELOPE: LicenseEnvelope = {
  system: 'fairplay',
  writeRequest: () => notYet(),
  readRequest: () => notYet(),
  writeResponse: () => notYet(),
  readResponse: () => notYet(),
};

function notYet(): never {
  throw new Error('not written yet');
}
