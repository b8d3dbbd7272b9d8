import type { LicensePolicy } from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import type { Title } from '../catalog/title.js';
import type { Rental } from '../rentals/rental-store.js';
import { FILM } from '../testing/setup.js';
import type { OfflineLicense, StoredTerms } from './offline-license-store.js';
import { isRenewable, statusOf, termsOf, toTerms, withinTerms } from './offline-terms.js';

const NOW = 1_000_000;
const ENDLESS: StoredTerms = { expiresAt: null, startBy: null, playWithinMs: null };

function licenseOf(change: Partial<OfflineLicense> = {}): OfflineLicense {
  return {
    ...ENDLESS,
    ...{ key: 'k', accountId: 'anna', deviceId: 'phone', device: 'Chrome', contentId: 'film' },
    ...{ format: undefined, createdAt: 0, renewedAt: null, firstPlayedAt: null, end: null },
    ...change,
  };
}

describe('the terms of a license that begins now', () => {
  test.each<[string, LicensePolicy, Partial<StoredTerms>]>([
    ['nothing that bounds it', {}, {}],
    ['an end', { notAfter: NOW + 5 }, { expiresAt: NOW + 5 }],
    ['a duration', { licenseDurationSeconds: 2 }, { expiresAt: NOW + 2000 }],
    ['an end before the duration', { notAfter: NOW + 5, licenseDurationSeconds: 2 }, { expiresAt: NOW + 5 }],
    ['a time to begin alone', { rentalDurationSeconds: 3 }, { startBy: NOW + 3000 }],
    ['a window alone', { playbackDurationSeconds: 1.5 }, { playWithinMs: 1500 }],
    [
      'both, of which what begins at the last moment is the last',
      { rentalDurationSeconds: 3, playbackDurationSeconds: 2 },
      { startBy: NOW + 3000, playWithinMs: 2000, expiresAt: NOW + 5000 },
    ],
    ['a bound that has been reached', { licenseDurationSeconds: 0 }, { expiresAt: NOW }],
  ])('are those of %s', (_, policy, expected) => {
    expect(termsOf(policy, NOW)).toEqual({ ...ENDLESS, ...expected });
  });
});

describe('a license within its terms', () => {
  const WINDOWS = { rentalDurationSeconds: 9, playbackDurationSeconds: 4 };

  test.each<[string, LicensePolicy, Partial<OfflineLicense>, LicensePolicy]>([
    ['has no bound where there is none', {}, {}, {}],
    ['ends with the terms', { notAfter: NOW + 9 }, { expiresAt: NOW + 5 }, { notAfter: NOW + 5 }],
    ['ends with its own policy', { notAfter: NOW + 3 }, { expiresAt: NOW + 5 }, { notAfter: NOW + 3 }],
    [
      'begins no later than the terms say',
      WINDOWS,
      { startBy: NOW + 2000 },
      { rentalDurationSeconds: 2, playbackDurationSeconds: 4 },
    ],
    [
      'cannot begin when the time to is over',
      WINDOWS,
      { startBy: NOW - 1 },
      { rentalDurationSeconds: 0, playbackDurationSeconds: 4 },
    ],
    [
      'does not begin a window anew that has begun',
      WINDOWS,
      { firstPlayedAt: NOW - 1, expiresAt: NOW + 3 },
      { notAfter: NOW + 3 },
    ],
    ['may be stored', { canPersist: true }, {}, { canPersist: true }],
  ])('%s', (_, policy, license, expected) => {
    expect(withinTerms(policy, licenseOf(license), NOW)).toEqual(expected);
  });
});

test.each<[string, Partial<OfflineLicense>]>([
  ['active', {}],
  ['active', { expiresAt: NOW + 1 }],
  ['expired', { expiresAt: NOW }],
  ['revoked', { expiresAt: NOW, end: { reason: 'revoked', at: NOW } }],
  ['released', { end: { reason: 'released', at: NOW } }],
])('is %s with %j', (status, license) => {
  expect(statusOf(licenseOf(license), NOW)).toBe(status);
});

test('says nothing of a window that began, which is in the end', () => {
  const terms = { expiresAt: 9, startBy: 5, playWithinMs: 1500 };
  expect(toTerms(licenseOf(terms))).toEqual({ expiresAt: 9, startBy: 5, playWithinSeconds: 1.5 });
  expect(toTerms(licenseOf({ ...terms, firstPlayedAt: 1 }))).toEqual({
    expiresAt: 9,
    startBy: null,
    playWithinSeconds: null,
  });
});

describe('renewing', () => {
  const rental = { startWithinSeconds: 10, playWithinSeconds: 5 };
  const forRent: Title = { ...FILM, access: 'rental', policy: { rental } };
  const rented: Rental = { contentId: 'film', rentedAt: NOW, startedAt: null };

  test.each<[string, Title, Rental | null, Partial<OfflineLicense>, boolean]>([
    ['a term', FILM, null, { expiresAt: NOW }, true],
    ['what has no end', FILM, null, {}, false],
    ['a window', FILM, null, { playWithinMs: 5 }, true],
    ['what was revoked', FILM, null, { expiresAt: NOW, end: { reason: 'revoked', at: NOW } }, false],
    ['what ends with the title', { ...FILM, policy: { notAfter: NOW } }, null, { expiresAt: NOW }, false],
    [
      'what ends before the title',
      { ...FILM, policy: { notAfter: NOW } },
      null,
      { expiresAt: NOW - 1 },
      true,
    ],
    [
      'what ends with a title whose end only stops beginnings',
      { ...FILM, policy: { notAfter: NOW, expireMidPlay: false } },
      null,
      { expiresAt: NOW },
      true,
    ],
    ['a rental', forRent, rented, { expiresAt: NOW + 15_000 }, false],
    ['a term within a rental', forRent, rented, { expiresAt: NOW + 14_999 }, true],
    ['a rental that was started', forRent, { ...rented, startedAt: NOW }, { expiresAt: NOW + 5000 }, false],
    ['a rental that is not there', forRent, null, { expiresAt: NOW }, false],
    ['a rental without windows', { ...forRent, policy: {} }, rented, { playWithinMs: 5 }, false],
  ])('%s', (_, title, known, license, expected) => {
    expect(isRenewable(title, known, licenseOf(license))).toBe(expected);
  });
});
