import { describe, expect, it } from 'vitest';

import { ENGLISH_MESSAGES } from '../messages/english-messages.js';
import type { Recovery } from './error-row.js';
import { ERROR_TABLE, PLAYBACK_ERROR_CODES } from './error-table.js';
import { PlaybackError } from './playback-error.js';

const RECOVERIES: Record<Recovery, true> = {
  retry: true,
  'sign-in': true,
  'upgrade-plan': true,
  'stop-other-stream': true,
  'change-region': true,
  'renew-license': true,
  'go-online': true,
  'lower-quality': true,
  'enable-drm': true,
  'update-browser': true,
  'use-other-device': true,
  'free-space': true,
  'contact-support': true,
};

describe.each(PLAYBACK_ERROR_CODES)('%s', (code) => {
  it('says to the developer what happened, whole', () => {
    const { explanation } = ERROR_TABLE[code];

    expect(explanation).toMatch(/^[A-Z].{20,}\.$/);
    expect(new PlaybackError(code).message).toBe(explanation);
  });

  it('has words for the viewer, without the words of developers', () => {
    const { title, text } = ENGLISH_MESSAGES.errors[code];

    expect(title).toMatch(/^[A-Z].{8,}[^.]$/);
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(`${title} ${text}`).not.toMatch(/\b(?:url|cors|http|manifest|segment|eme|cdm|authorize)\b/i);
  });

  it('has a recovery with a label, and can be retried where that recovery is to retry', () => {
    const { recovery, retryable } = ERROR_TABLE[code];

    expect(RECOVERIES[recovery]).toBe(true);
    expect(recovery !== 'retry' || retryable).toBe(true);
  });
});

it('has a label for every recovery, and no two alike', () => {
  const labels = Object.values(ENGLISH_MESSAGES.recoveries);

  expect(Object.keys(ENGLISH_MESSAGES.recoveries).sort()).toEqual(Object.keys(RECOVERIES).sort());
  expect(new Set(labels).size).toBe(labels.length);
});

it('has no message for a code that does not exist', () => {
  expect(Object.keys(ENGLISH_MESSAGES.errors).sort()).toEqual([...PLAYBACK_ERROR_CODES].sort());
});
