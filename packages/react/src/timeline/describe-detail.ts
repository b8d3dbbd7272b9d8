import type { TimelineDetail } from '@secure-player/core';

import type { DiagnosticsMessages } from './diagnostics-messages.js';

/** What is known of a step, in short pieces. */
export function describeDetail(detail: TimelineDetail, messages: DiagnosticsMessages): readonly string[] {
  const { language, attempt, sent, received, credentials } = messages;
  const bytes = (count: number | undefined, word: string) =>
    count === undefined ? [] : [`${formatUnit(count, 'byte', language)} ${word}`];

  return [
    detail.keySystem,
    detail.robustness,
    detail.initDataType,
    detail.messageType,
    detail.attempt !== undefined &&
      detail.attempt > 1 &&
      `${attempt} ${formatNumber(detail.attempt, language)}`,
    detail.httpStatus !== undefined && `HTTP ${detail.httpStatus}`,
    ...bytes(detail.requestBytes, sent),
    ...bytes(detail.responseBytes, received),
    detail.authorizeMs !== undefined && detail.authorizeMs > 0
      ? `${formatDuration(detail.authorizeMs, language)} ${credentials}`
      : undefined,
    detail.errorCode,
    ...(detail.keyStatuses ?? []).map(({ keyId, status }) => `${keyId}… ${status}`),
  ].filter((piece) => typeof piece === 'string');
}

/** A duration as short as it can be read: `22 ms`, `1.8 s`. */
export function formatDuration(milliseconds: number, language: string): string {
  return milliseconds < 1_000
    ? formatUnit(milliseconds, 'millisecond', language)
    : formatUnit(milliseconds / 1_000, 'second', language);
}

function formatUnit(value: number, unit: string, language: string): string {
  const style = { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, style).format(value);
}

function formatNumber(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}
