import { FAIRPLAY_ENVELOPE } from '../fairplay/fairplay-message.js';
import { PLAYREADY_ENVELOPE } from '../playready/playready-message.js';
import type { LicenseEnvelope, SealedSystem } from '../sealed/sealed-message.js';
import { WIDEVINE_ENVELOPE } from '../widevine/widevine-message.js';

/** The envelope of each key system that can carry sealed messages. */
export const ENVELOPES: Readonly<Record<SealedSystem, LicenseEnvelope>> = {
  widevine: WIDEVINE_ENVELOPE,
  playready: PLAYREADY_ENVELOPE,
  fairplay: FAIRPLAY_ENVELOPE,
};
