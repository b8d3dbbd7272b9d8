import type { Download } from '@secure-player/offline';

import { fillMessage } from '../../controls/format-time/fill-message.js';
import type { DownloadMessages } from '../messages/download-messages.js';
import { formatBytes } from './format-bytes.js';
import { formatMoment } from './format-moment.js';
import { formatStretch } from './format-stretch.js';

/** Where a download stands, in words that change only when it stands elsewhere. */
export function describeStage(
  download: Download,
  messages: DownloadMessages,
  now: number = Date.now(),
): string {
  if (download.status !== 'waiting') return messages.stages[download.status];

  const { waitingFor, retryAt } = download;
  if (waitingFor !== 'retry' || retryAt === null) return messages.waitingFor[waitingFor];

  return fillMessage(messages.retryAt, { time: formatMoment(retryAt, now, messages.language) });
}

/** How far it has come, in short pieces: a share, sizes, the time that is left. */
export function describeProgress(download: Download, messages: DownloadMessages): readonly string[] {
  const { status, progress, receivedBytes, totalBytes, secondsLeft } = download;
  const { language } = messages;
  if (status === 'complete') return [formatBytes(receivedBytes, language)];
  if (status === 'removing') return [];
  if (totalBytes === null) return receivedBytes > 0 ? [formatBytes(receivedBytes, language)] : [];

  const total = formatBytes(totalBytes, language);
  if (receivedBytes === 0) return [fillMessage(messages.about, { size: total })];

  const received = formatBytes(receivedBytes, language);
  const time = status === 'downloading' && secondsLeft !== null ? formatStretch(secondsLeft, language) : null;

  return [
    formatShare(progress, language),
    fillMessage(messages.received, { received, total }),
    ...(time === null ? [] : [fillMessage(messages.timeLeft, { time })]),
  ];
}

/** Never rounded up: what is not complete has not come to all of it. */
export function formatShare(share: number, language: string): string {
  const whole = Math.floor(share * 100) / 100;

  return new Intl.NumberFormat(language, { style: 'percent' }).format(whole);
}
