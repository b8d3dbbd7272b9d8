// What the servers of the license benchmark are set up with.
import { createHash } from 'node:crypto';

export const ACCOUNTS = 256;
export const KEY_SEED = new Uint8Array(
  createHash('sha512').update('the key seed of the license benchmark').digest(),
);
export const TOKEN_KEYS = [
  {
    id: 'bench',
    secret: new Uint8Array(createHash('sha256').update('the token key of the license benchmark').digest()),
  },
];

const KEY_IDS = [1, 2, 3].map((digit) => `c000000000000000000000000000000${digit}`);
const GROUPS = /** @type {const} */ (['AUDIO', 'SD', 'HD']);

/** @type {import('@secure-player/entitlement-server').Title} */
export const TITLE = {
  id: 'premiere',
  title: 'The premiere',
  synopsis: 'Everybody comes at once.',
  durationSeconds: 7200,
  access: 'subscription',
  directory: 'premiere-v1',
  poster: 'poster.jpg',
  thumbnails: 'thumbnails.vtt',
  streams: [{ format: 'dash', type: 'dash', path: 'dash/manifest.mpd' }],
  keys: KEY_IDS.map((keyId, index) => ({ keyId, group: GROUPS[index] ?? 'AUDIO' })),
};

/** A Clear Key license request for every key of the title, as a CDM writes it. */
export const LICENSE_REQUEST = JSON.stringify({
  kids: KEY_IDS.map((keyId) => Buffer.from(keyId, 'hex').toString('base64url')),
  type: 'temporary',
});
