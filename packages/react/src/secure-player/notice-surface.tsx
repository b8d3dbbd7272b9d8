'use client';

import type { PlaybackNotice, ViewerMessages } from '@secure-player/core';
import { useState, type ReactNode } from 'react';

import { usePlayer } from '../player/use-player.js';
import { useSecurePlayerSettings } from '../provider/secure-player-provider.js';
import { NoticeLine } from './notice-line.js';

/**
 * A line about something that does not stop playback, until the viewer closes it. `isEndTold`: they are told by when the
 * license ends, and need not hear that it was not renewed.
 */
export function NoticeSurface({ isEndTold }: { isEndTold: boolean }): ReactNode {
  const { messages } = useSecurePlayerSettings();
  const notice = usePlayer((state) => (state.status === 'error' ? null : state.notice));
  const [closed, setClosed] = useState<typeof notice>(null);

  const text = notice && textOf(notice, messages);
  if (!text || notice === closed) return null;
  if (isEndTold && notice.code === 'license-renewal-refused') return null;

  return <NoticeLine part="notice" text={text} onClose={() => setClosed(notice)} />;
}

function textOf({ code, reason }: PlaybackNotice, messages: ViewerMessages): string | undefined {
  if (code === 'license-renewal-refused') return messages.licenseRenewalRefused;

  return reason && messages.qualityLimited[reason];
}
