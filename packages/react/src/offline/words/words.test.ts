import { describe, expect, it } from 'vitest';

import { downloadOf, licenseOf } from '../../testing/fake-downloads.js';
import { ARABIC_DOWNLOADS } from '../messages/arabic-downloads.js';
import { ENGLISH_DOWNLOADS } from '../messages/download-messages.js';
import { describeLicense } from './describe-license.js';
import { describeProgress, describeStage, formatShare } from './describe-stage.js';
import { formatBytes } from './format-bytes.js';
import { formatMoment } from './format-moment.js';
import { formatStretch } from './format-stretch.js';

/** Noon of the machine's own day, so that no time zone changes a day. */
const NOON = new Date(2026, 4, 12, 12).getTime();
const HOUR = 3_600_000;
/** ICU writes a narrow space before `PM`. */
const plain = (text: string) => text.replaceAll(/\s/gu, ' ');

describe('a size', () => {
  it.each([
    [0, '0 kB'],
    [999, '1 kB'],
    [1_500, '2 kB'],
    [540_400_000, '540 MB'],
    [999_700_000, '1 GB'],
    [1_240_000_000, '1.2 GB'],
    [12_400_000_000, '12 GB'],
    [2_000_000_000_000_000, '2,000 TB'],
    [-1, '0 kB'],
  ])('of %d bytes is %s', (bytes, text) => {
    expect(formatBytes(bytes, 'en')).toBe(text);
  });

  it('is written as the language writes it', () => {
    expect(plain(formatBytes(1_240_000_000, 'de'))).toBe('1,2 GB');
  });
});

describe('a stretch of time', () => {
  it.each([
    [0, '10 seconds'],
    [14, '20 seconds'],
    [51, '1 minute'],
    [61, '2 minutes'],
    [3_600, '1 hour'],
    [172_800, '48 hours'],
    [30 * 86_400, '30 days'],
  ])('of %d seconds is %s', (seconds, text) => {
    expect(formatStretch(seconds, 'en')).toBe(text);
  });
});

describe('a moment', () => {
  it.each([
    ['today', 5 * HOUR, '5:00 PM'],
    ['this week', 30 * HOUR, 'Wednesday, May 13 at 6:00 PM'],
    ['later', 20 * 24 * HOUR, 'June 1, 2026'],
  ])('%s', (_, after, text) => {
    expect(plain(formatMoment(NOON + after, NOON, 'en'))).toBe(text);
  });
});

describe('where a download stands', () => {
  const stage = (...given: Parameters<typeof downloadOf>) =>
    plain(describeStage(downloadOf(...given), ENGLISH_DOWNLOADS, NOON));

  it('is told by its status', () => {
    expect(stage('a', { status: 'queued' })).toBe('In the queue');
  });

  it.each([
    ['network', null, 'Waiting for a network'],
    ['unmetered-network', null, 'Waiting for Wi-Fi'],
    ['retry', null, 'Trying again soon'],
    ['retry', NOON + HOUR, 'Trying again at 1:00 PM'],
  ] as const)('says what it waits for: %s', (waitingFor, retryAt, text) => {
    expect(stage('a', { status: 'waiting', waitingFor, retryAt, error: null })).toBe(text);
  });
});

describe('how far it has come', () => {
  const progress = (...given: Parameters<typeof downloadOf>) =>
    describeProgress(downloadOf(...given), ENGLISH_DOWNLOADS).join(' · ');

  it('is a share, sizes and the time that is left', () => {
    expect(progress('a', { status: 'downloading' }, { secondsLeft: 170 })).toBe(
      '45% · 540 MB of 1.2 GB · 3 minutes left',
    );
  });

  it('has no time left while it stands still', () => {
    expect(progress('a', { status: 'paused' }, { secondsLeft: 170 })).toBe('45% · 540 MB of 1.2 GB');
  });

  it('is an estimate before anything is here, and nothing before that', () => {
    expect(progress('a', { status: 'queued' })).toBe('About 1.2 GB');
    expect(progress('a', { status: 'queued' }, { totalBytes: null })).toBe('');
    expect(progress('a', { status: 'removing' })).toBe('');
  });

  it('is the size of what is complete', () => {
    expect(progress('a')).toBe('1.2 GB');
  });

  it('comes to all of it at the end alone', () => {
    expect(formatShare(0.999, 'en')).toBe('99%');
    expect(formatShare(1, 'en')).toBe('100%');
  });
});

describe('a license', () => {
  const lines = (...given: Parameters<typeof licenseOf>) =>
    describeLicense(licenseOf(...given), ENGLISH_DOWNLOADS, NOON).map(plain);

  it.each(['none', 'persistent', 'vault'] as const)('of the mode %s needs no network', (mode) => {
    expect(lines(mode)).toEqual(['Plays without a network']);
  });

  it('that is fetched each time says so', () => {
    expect(lines('online-license')).toEqual(['Needs a network to start playing']);
  });

  it('tells of its end, and of the window that has not begun', () => {
    const ends = { expiresAt: NOON + 20 * 24 * HOUR, playWithinSeconds: 172_800 };

    expect(lines('persistent', ends)).toEqual([
      'You can watch until June 1, 2026',
      'Watch within 48 hours after starting',
    ]);
    expect(lines('persistent', { ...ends, firstPlayedAt: NOON })).toEqual([
      'You can watch until June 1, 2026',
    ]);
  });

  it('that is of no use promises nothing', () => {
    expect(lines('persistent', { status: 'expired', expiresAt: NOON - 1 })).toEqual([]);
  });
});

describe('Arabic', () => {
  const textsOf = (value: unknown, path = ''): [string, string][] =>
    typeof value === 'string'
      ? [[path, value]]
      : Object.entries(value as object).flatMap(([name, inner]) => textsOf(inner, `${path}.${name}`));
  const gapsOf = (messages: object) =>
    textsOf(messages).map(([path, text]) => [path, text.match(/\{\w+\}/g)?.sort() ?? []]);

  it('has every text that English has, with the same gaps', () => {
    expect(gapsOf(ARABIC_DOWNLOADS)).toEqual(gapsOf(ENGLISH_DOWNLOADS));
  });
});
