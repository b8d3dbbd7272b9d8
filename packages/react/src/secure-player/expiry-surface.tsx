'use client';

import { useState, type ReactNode } from 'react';

import { fillMessage } from '../controls/format-time/fill-message.js';
import { useSecurePlayerSettings } from '../provider/secure-player-provider.js';
import { NoticeLine } from './notice-line.js';

/** A line that says until when a title can be watched, until the viewer closes it. `endsAt`: epoch milliseconds. */
export function ExpirySurface({ endsAt }: { endsAt: number | null }): ReactNode {
  const { messages } = useSecurePlayerSettings();
  const [closed, setClosed] = useState<number | null>(null);
  if (endsAt === null || endsAt === closed) return null;

  const time = formatTimeOfDay(endsAt, messages.controls.language);
  return (
    <NoticeLine
      part="expiry"
      text={fillMessage(messages.licenseEndsAt, { time })}
      onClose={() => setClosed(endsAt)}
    />
  );
}

function formatTimeOfDay(milliseconds: number, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(milliseconds);
}
