import { PlaybackError, type PlaybackErrorCode } from '@secure-player/core';
import type { Download, OfflineLicenseStatus } from '@secure-player/offline';

const LICENSE_CODES: Readonly<Record<OfflineLicenseStatus, PlaybackErrorCode | null>> = {
  usable: null,
  missing: 'stored-license-missing',
  expired: 'offline-license-expired',
  revoked: 'offline-license-revoked',
  'clock-behind': 'clock-behind',
};

/** Why a download does not go on, or cannot be watched, as a viewer has to be told; `null` where all is well. */
export function findTrouble(download: Download | null): PlaybackError | null {
  if (download === null || download.status === 'removing') return null;
  if (download.status === 'failed') return download.error;

  const { license, isPlayable } = download;
  // A license that is fetched at each playback is missing until then.
  if (
    license === null ||
    !isPlayable ||
    (license.mode === 'online-license' && license.status === 'missing')
  ) {
    return null;
  }

  const code = LICENSE_CODES[license.status];
  return code && new PlaybackError(code);
}
