import type { LicensePolicy, SealedSessionType } from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import type { Rental } from '../rentals/rental-store.js';
import { boundPolicy, mayBeStored, type LicenseBounds } from './license-bounds.js';
import type { TitlePolicy } from './title-policy.js';

const NOW = 1_000_000_000;
const HOUR = 3600;

interface Row {
  readonly name: string;
  readonly policy?: TitlePolicy;
  readonly subscriptionEndsAt?: number;
  readonly rental?: Rental;
  readonly sessionType?: SealedSessionType;
  readonly begunAt?: number;
  readonly lease?: LicenseBounds['lease'];
  readonly expected: LicensePolicy | string;
}

const rentedAt = (secondsAgo: number, startedSecondsAgo?: number): Rental => ({
  contentId: 'film',
  rentedAt: NOW - secondsAgo * 1000,
  startedAt: startedSecondsAgo === undefined ? null : NOW - startedSecondsAgo * 1000,
});
const TERMS = { rental: { startWithinSeconds: 48 * HOUR, playWithinSeconds: 24 * HOUR } } as const;
const STORED = 'persistent-license';

const ROWS: readonly Row[] = [
  { name: 'no bound at all', expected: {} },

  // Validity.
  { name: 'before it begins', policy: { notBefore: NOW + 1 }, expected: 'The title is not available yet.' },
  { name: 'the moment it begins', policy: { notBefore: NOW }, expected: { notBefore: NOW } },
  { name: 'a moment before it ends', policy: { notAfter: NOW + 1 }, expected: { notAfter: NOW + 1 } },
  { name: 'the moment it ends', policy: { notAfter: NOW }, expected: 'The title is no longer available.' },
  {
    name: 'an end of 0, which is long ago',
    policy: { notAfter: 0 },
    expected: 'The title is no longer available.',
  },
  { name: 'a beginning of 0, which was always', policy: { notBefore: 0 }, expected: { notBefore: 0 } },

  // Several ends give the earliest.
  { name: 'the subscription alone', subscriptionEndsAt: NOW + 5, expected: { notAfter: NOW + 5 } },
  {
    name: 'the title before the subscription',
    policy: { notAfter: NOW + 4 },
    subscriptionEndsAt: NOW + 5,
    expected: { notAfter: NOW + 4 },
  },
  {
    name: 'the subscription before the title',
    policy: { notAfter: NOW + 6 },
    subscriptionEndsAt: NOW + 5,
    expected: { notAfter: NOW + 5 },
  },

  // Durations that the device counts.
  { name: 'a duration', policy: { licenseDurationSeconds: 60 }, expected: { licenseDurationSeconds: 60 } },
  { name: 'a duration of 0', policy: { licenseDurationSeconds: 0 }, expected: { licenseDurationSeconds: 0 } },
  {
    name: 'windows that the device counts',
    policy: { rentalDurationSeconds: 0, playbackDurationSeconds: 9 },
    expected: { rentalDurationSeconds: 0, playbackDurationSeconds: 9 },
  },
  {
    name: 'a renewal',
    policy: { licenseDurationSeconds: 60, renewal: { delaySeconds: 30, retrySeconds: 5, graceSeconds: 10 } },
    expected: {
      licenseDurationSeconds: 60,
      renewal: { delaySeconds: 30, retrySeconds: 5, graceSeconds: 10 },
    },
  },

  // An end for beginnings.
  {
    name: 'an end that does not stop what plays',
    policy: { notAfter: NOW + 60_000, expireMidPlay: false },
    expected: { rentalDurationSeconds: 60 },
  },
  {
    name: 'an end that does not stop what plays, and is over',
    policy: { notAfter: NOW, expireMidPlay: false },
    expected: 'The title is no longer available.',
  },
  {
    name: 'an end that stops what plays, said in so many words',
    policy: { notAfter: NOW + 60_000, expireMidPlay: true },
    expected: { notAfter: NOW + 60_000 },
  },
  {
    name: 'a subscription, which stops what plays in any case',
    policy: { notAfter: NOW + 90_000, expireMidPlay: false },
    subscriptionEndsAt: NOW + 60_000,
    expected: { notAfter: NOW + 60_000, rentalDurationSeconds: 90 },
  },

  {
    name: 'an end that does not stop what plays, for what began before it',
    policy: { notAfter: NOW + 60_000, expireMidPlay: false },
    begunAt: NOW - 1,
    expected: {},
  },
  {
    name: 'an end that does not stop what plays, and is over, for what began before it',
    policy: { notAfter: NOW, expireMidPlay: false, rentalDurationSeconds: 9 },
    begunAt: NOW - 1,
    expected: { rentalDurationSeconds: 9 },
  },
  {
    name: 'an end that does not stop what plays, for what began that very moment',
    policy: { notAfter: NOW, expireMidPlay: false },
    begunAt: NOW,
    expected: 'The title is no longer available.',
  },
  {
    name: 'an end that stops what plays, for what began before it',
    policy: { notAfter: NOW },
    begunAt: NOW - 1,
    expected: 'The title is no longer available.',
  },
  {
    name: 'an end that stops what plays and is to come, for what began before it',
    policy: { notAfter: NOW + 5 },
    begunAt: NOW - 1,
    expected: { notAfter: NOW + 5 },
  },
  {
    name: 'a stream and a subscription, for what began before the end',
    policy: { notAfter: NOW - 1, expireMidPlay: false },
    subscriptionEndsAt: NOW + 5,
    begunAt: NOW - 2,
    lease: { durationSeconds: 90, renewalSeconds: 60 },
    expected: { notAfter: NOW + 5, licenseDurationSeconds: 90, renewal: { delaySeconds: 60 } },
  },

  // A rental, whose windows the server counts.
  {
    name: 'rented and not started',
    policy: TERMS,
    rental: rentedAt(HOUR),
    expected: { rentalDurationSeconds: 47 * HOUR, playbackDurationSeconds: 24 * HOUR },
  },
  {
    name: 'rented and started',
    policy: TERMS,
    rental: rentedAt(40 * HOUR, HOUR),
    expected: { notAfter: NOW + 23 * HOUR * 1000 },
  },
  {
    name: 'started in time, and watched when the window to start is over',
    policy: TERMS,
    rental: rentedAt(60 * HOUR, 20 * HOUR),
    expected: { notAfter: NOW + 4 * HOUR * 1000 },
  },
  { name: 'rented without windows', rental: rentedAt(HOUR, 1), expected: {} },
  {
    name: 'a rental and an end of the title',
    policy: { ...TERMS, notAfter: NOW + 1000 },
    rental: rentedAt(HOUR, HOUR),
    expected: { notAfter: NOW + 1000 },
  },

  // A stream.
  {
    name: 'a stream',
    lease: { durationSeconds: 90, renewalSeconds: 60 },
    expected: { licenseDurationSeconds: 90, renewal: { delaySeconds: 60 } },
  },
  {
    name: 'a stream that lasts longer than the license',
    policy: { licenseDurationSeconds: 30, renewal: { delaySeconds: 20, graceSeconds: 3 } },
    lease: { durationSeconds: 90, renewalSeconds: 60 },
    expected: { licenseDurationSeconds: 30, renewal: { delaySeconds: 20, graceSeconds: 3 } },
  },
  {
    name: 'a stream and a license of 0 seconds',
    policy: { licenseDurationSeconds: 0 },
    lease: { durationSeconds: 90, renewalSeconds: 60 },
    expected: { licenseDurationSeconds: 0, renewal: { delaySeconds: 60 } },
  },

  {
    name: 'a rental that is prefetched before it is started',
    policy: TERMS,
    rental: rentedAt(HOUR),
    lease: { durationSeconds: 600, renewalSeconds: 60 },
    expected: {
      licenseDurationSeconds: 600,
      rentalDurationSeconds: 47 * HOUR,
      playbackDurationSeconds: 24 * HOUR,
      renewal: { delaySeconds: 60 },
    },
  },

  // Licenses that are stored.
  {
    name: 'an offline term',
    policy: { offline: { termSeconds: 60 } },
    sessionType: STORED,
    expected: { notAfter: NOW + 60_000, canPersist: true },
  },
  {
    name: 'an offline term of 0',
    policy: { offline: { termSeconds: 0 } },
    sessionType: STORED,
    expected: { notAfter: NOW, canPersist: true },
  },
  {
    name: 'an offline term after the subscription',
    policy: { offline: { termSeconds: 60 } },
    subscriptionEndsAt: NOW + 5,
    sessionType: STORED,
    expected: { notAfter: NOW + 5, canPersist: true },
  },
  {
    name: 'a license for watching now of a title that may be stored',
    policy: { offline: { termSeconds: 60 } },
    expected: { canPersist: true },
  },
  {
    name: 'a stored license, which no stream bounds',
    policy: { canPersist: true },
    sessionType: STORED,
    lease: { durationSeconds: 90, renewalSeconds: 60 },
    expected: { canPersist: true },
  },
  {
    name: 'a rental that is stored before it is started',
    policy: { ...TERMS, offline: { termSeconds: 30 * 24 * HOUR } },
    rental: rentedAt(0),
    sessionType: STORED,
    expected: {
      notAfter: NOW + 30 * 24 * HOUR * 1000,
      rentalDurationSeconds: 48 * HOUR,
      playbackDurationSeconds: 24 * HOUR,
      canPersist: true,
    },
  },
];

describe('the bounds of a license', () => {
  test.each(ROWS)('$name', (row) => {
    const bounded = boundPolicy({
      now: NOW,
      policy: row.policy ?? {},
      subscriptionEndsAt: row.subscriptionEndsAt ?? null,
      rental: row.rental ?? null,
      sessionType: row.sessionType ?? 'temporary',
      begunAt: row.begunAt ?? null,
      lease: row.lease ?? null,
    });
    expect(bounded.status === 'granted' ? bounded.policy : bounded.detail).toEqual(row.expected);
  });
});

test.each<[TitlePolicy, boolean]>([
  [{}, false],
  [{ canPersist: false }, false],
  [{ canPersist: true }, true],
  [{ offline: { termSeconds: 0 } }, true],
])('whether licenses under %j may be stored: %s', (policy, expected) => {
  expect(mayBeStored(policy)).toBe(expected);
});
