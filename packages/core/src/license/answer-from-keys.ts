import {
  fromHex,
  keyIdToBase64Url,
  parseKeyId,
  readClearKeyLicenseRequest,
  toBase64Url,
} from '@secure-player/protocol';

import { PlaybackError } from '../error/playback-error.js';

/**
 * Answers a Clear Key license request from keys that the page holds, as a server would: with those of the keys that are
 * asked for and known.
 *
 * @throws PlaybackError `key-missing` where there is none of them.
 */
export function answerFromKeys(message: Uint8Array, keys: Readonly<Record<string, string>>): Uint8Array {
  const { kids, type } = readClearKeyLicenseRequest(message);
  const known = new Map(Object.entries(keys).map(([keyId, key]) => [parseKeyId(keyId), key] as const));
  const answer = kids.flatMap((keyId) => {
    const key = known.get(keyId);
    return key === undefined
      ? []
      : [{ kty: 'oct', kid: keyIdToBase64Url(keyId), k: toBase64Url(fromHex(key)) }];
  });
  if (answer.length > 0) return new TextEncoder().encode(JSON.stringify({ keys: answer, type }));

  throw new PlaybackError('key-missing', {
    message: `The page holds none of the ${kids.length} keys that the media asks for: add them to \`keys\`.`,
  });
}
