'use client';

import type { KeyStatusPolicy } from '@secure-player/core';
import type { ReactNode } from 'react';

import { useSecurePlayerSettings } from '../provider/secure-player-provider.js';
import { ExpirySurface } from './expiry-surface.js';
import { NoticeSurface } from './notice-surface.js';
import { ProgressSurface } from './progress-surface.js';
import { useLicenseEnd } from './use-license-end.js';

/**
 * What goes on while a title can be played. It is there from the start: screen readers say what comes into a region, and
 * nothing of a region that comes with its text.
 */
export function StatusRegion({ policy }: { policy: KeyStatusPolicy | undefined }): ReactNode {
  const { messages } = useSecurePlayerSettings();
  const endsAt = useLicenseEnd(policy);

  return (
    <div
      data-part="status"
      role="status"
      // Only what is new: a ring that turns again does not repeat a notice.
      aria-atomic="false"
      lang={messages.language}
      dir={messages.direction}
    >
      <ProgressSurface />
      <div className="secure-player-notices">
        <ExpirySurface endsAt={endsAt} />
        <NoticeSurface isEndTold={endsAt !== null} />
      </div>
    </div>
  );
}
