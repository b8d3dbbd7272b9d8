'use client';

import type { PlaybackNotice, ViewerMessages } from '@secure-player/core';
import { useState, type ReactNode } from 'react';

import { usePlayer } from '../player/use-player.js';
import { useSecurePlayerSettings } from '../provider/secure-player-provider.js';

/** A line about something that does not stop playback, until the viewer closes it. */
export function NoticeSurface(): ReactNode {
  const { messages } = useSecurePlayerSettings();
  const notice = usePlayer((state) => (state.status === 'error' ? null : state.notice));
  const [closed, setClosed] = useState<typeof notice>(null);

  const text = notice && textOf(notice, messages);
  if (!text || notice === closed) return null;

  return (
    <div
      className="secure-player-notice"
      data-part="notice"
      role="status"
      lang={messages.language}
      dir={messages.direction}
    >
      <span>{text}</span>
      <button
        className="secure-player-notice-close"
        type="button"
        aria-label={messages.close}
        onClick={() => setClosed(notice)}
      >
        <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
          <path d="M2 2l12 12M14 2L2 14" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        </svg>
      </button>
    </div>
  );
}

function textOf({ code, reason }: PlaybackNotice, messages: ViewerMessages): string | undefined {
  if (code === 'license-renewal-refused') return messages.licenseRenewalRefused;

  return reason && messages.qualityLimited[reason];
}
