import type { OfflineLicense } from '@secure-player/offline';

import { fillMessage } from '../../controls/format-time/fill-message.js';
import type { DownloadMessages } from '../messages/download-messages.js';
import { formatMoment } from './format-moment.js';
import { formatStretch } from './format-stretch.js';

/** For how long a download can be watched, and where, one thing a line; nothing where its license is of no use. */
export function describeLicense(
  license: OfflineLicense,
  messages: DownloadMessages,
  now: number = Date.now(),
): readonly string[] {
  const { license: words, language } = messages;
  if (license.status !== 'usable') return [];

  const lines: string[] = [];
  if (license.mode === 'online-license') lines.push(words.needsNetwork);
  if (license.expiresAt !== null) {
    lines.push(fillMessage(words.watchUntil, { time: formatMoment(license.expiresAt, now, language) }));
  }
  if (license.playWithinSeconds !== null && license.firstPlayedAt === null) {
    lines.push(fillMessage(words.watchWithin, { time: formatStretch(license.playWithinSeconds, language) }));
  }

  return lines.length > 0 ? lines : [words.noEnd];
}
