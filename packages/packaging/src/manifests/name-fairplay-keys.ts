import type { KeyId } from '@secure-player/protocol';

const FAIRPLAY_LINE = /^#EXT-X-KEY:.*KEYFORMAT="com\.apple\.streamingkeydelivery"/;

/**
 * Makes a media playlist's FairPlay lines name their key as `skd://<key id>`, which a license server can read; Packager
 * writes base64, and its own option has one URI for all keys. Every other byte stays as it is.
 */
export function nameFairPlayKeys(playlist: string, keyId: KeyId): string {
  return playlist
    .split('\n')
    .map((line) => (FAIRPLAY_LINE.test(line) ? line.replace(/URI="[^"]*"/, `URI="skd://${keyId}"`) : line))
    .join('\n');
}
