'use client';

import type { OfflineLicense } from '@secure-player/offline';
import type { ReactNode } from 'react';

import type { DownloadMessages } from '../messages/download-messages.js';
import { describeLicense } from './describe-license.js';
import { useLicenseNearEnd } from './use-license-near-end.js';

/** For how long a download can be watched, marked where that is less than a day. */
export function LicenseLines({
  license,
  messages,
}: {
  license: OfflineLicense;
  messages: DownloadMessages;
}): ReactNode {
  const isNearEnd = useLicenseNearEnd(license.expiresAt);
  const lines = describeLicense(license, messages);

  return lines.map((line) => (
    <span key={line} className="secure-player-download-license" data-near-end={isNearEnd ? '' : undefined}>
      {line}
    </span>
  ));
}
