import { PlaybackError } from '../../error/playback-error.js';
import type { InitData } from '../../init-data/narrow-init-data.js';
import type { KeySystemConfiguration } from '../../source/source.js';

/**
 * The init data of an `encrypted` event, with the content id that the page has for FairPlay's `skd`.
 *
 * @throws PlaybackError `license-request-failed` where the browser hides them.
 */
export function toInitData(
  { initDataType, initData }: Pick<MediaEncryptedEvent, 'initDataType' | 'initData'>,
  { getContentId }: KeySystemConfiguration,
): InitData {
  if (!initData) {
    throw new PlaybackError('license-request-failed', {
      message:
        'The browser hides the init data of media from another origin: set `crossOrigin` on the element, and CORS headers.',
    });
  }

  const bytes = new Uint8Array(initData);
  if (initDataType !== 'skd' || !getContentId) return { type: initDataType, bytes };

  return { type: initDataType, bytes: new TextEncoder().encode(`skd://${getContentId(bytes)}`) };
}
