import type { LicenseEnvelope } from '../sealed/sealed-message.js';

/** PlayReady's envelope. */
export const PLAYREADY_ENVELOPE: LicenseEnvelope = {
  system: 'playready',
  writeRequest: () => notYet(),
  readRequest: () => notYet(),
  writeResponse: () => notYet(),
  readResponse: () => notYet(),
};

function notYet(): never {
  throw new Error('not written yet');
}
