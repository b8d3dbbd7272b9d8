import { PlaybackError } from '../../error/playback-error.js';

const THROUGH_MSE =
  'Encrypted media play through MSE alone: a file by plain `src` plays in no browser. If this one is encrypted, append it to ' +
  'a SourceBuffer of a MediaSource, or make a DASH or HLS manifest of it for <SecurePlayer>. If it is clear, it is damaged or missing.';

/**
 * Why a media element failed, or null where it did not.
 *
 * For an encrypted file by plain `src` Firefox says that it is not supported outside of MSE; Chromium gives no `encrypted`
 * event and ends in an error of its decoder.
 */
export function errorOfElement({ error, currentSrc }: HTMLMediaElement): PlaybackError | null {
  // 1 is an abort, which the page has wanted.
  if (!error || error.code === 1) return null;

  const options = { engineCode: error.code, cause: error };
  // What a MediaSource is attached by; a `srcObject` leaves no text at all.
  if (currentSrc === '' || currentSrc.startsWith('blob:')) return new PlaybackError('undecodable', options);

  return new PlaybackError('media-unsupported', { ...options, message: THROUGH_MSE });
}
