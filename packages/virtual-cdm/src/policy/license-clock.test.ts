import { describe, expect, it } from 'vitest';
import type { LicensePolicy } from '@secure-player/protocol';
import { readLicenseClock, type LicenseTimes } from './license-clock.js';

const RECEIVED = 1_000_000;
const MAX_TIMER = 2 ** 31 - 1;

/** Seconds after the license was received, as epoch milliseconds. */
function at(seconds: number): number {
  return RECEIVED + seconds * 1000;
}

function license(policy: LicensePolicy, change: Partial<LicenseTimes> = {}): LicenseTimes {
  return {
    policy,
    receivedAt: RECEIVED,
    firstReceivedAt: RECEIVED,
    firstPlayedAt: null,
    renewalRequestedAt: null,
    ...change,
  };
}

function read(policy: LicensePolicy, seconds: number, change: Partial<LicenseTimes> = {}) {
  return readLicenseClock(license(policy, change), at(seconds));
}

it('lets a license without a policy be used for ever', () => {
  expect(read({}, 1e9)).toEqual({
    state: 'usable',
    expiresAt: Number.NaN,
    renewAt: null,
    nextChangeAt: null,
  });
});

describe('each bound alone', () => {
  it.each([
    ['notAfter', { notAfter: at(60) }, {}, 60],
    ['the license duration', { licenseDurationSeconds: 60 }, {}, 60],
    ['the rental duration', { rentalDurationSeconds: 60 }, {}, 60],
    ['the playback duration', { playbackDurationSeconds: 60 }, { firstPlayedAt: at(5) }, 65],
    ['a fraction of a second', { licenseDurationSeconds: 0.25 }, {}, 0.25],
  ] satisfies [string, LicensePolicy, Partial<LicenseTimes>, number][])(
    'ends at its very millisecond: %s',
    (_, policy, change, end) => {
      expect(readLicenseClock(license(policy, change), at(end) - 1)).toEqual({
        state: 'usable',
        expiresAt: at(end),
        renewAt: null,
        nextChangeAt: at(end),
      });
      expect(readLicenseClock(license(policy, change), at(end))).toEqual({
        state: 'expired',
        expiresAt: at(end),
        renewAt: null,
        nextChangeAt: null,
      });
    },
  );

  it('begins at notBefore', () => {
    const policy = { notBefore: at(60) };

    expect(readLicenseClock(license(policy), at(60) - 1)).toEqual({
      state: 'usable-in-future',
      expiresAt: Number.NaN,
      renewAt: null,
      nextChangeAt: at(60),
    });
    expect(read(policy, 60)).toMatchObject({ state: 'usable', nextChangeAt: null });
  });
});

describe('0 is a bound, and an absent one is none', () => {
  it.each([
    ['notAfter', { notAfter: 0 }, 'expired', 0],
    ['the license duration', { licenseDurationSeconds: 0 }, 'expired', at(0)],
    ['the rental duration', { rentalDurationSeconds: 0 }, 'expired', at(0)],
    ['the playback duration', { playbackDurationSeconds: 0 }, 'usable', Number.NaN],
    ['notBefore', { notBefore: 0 }, 'usable', Number.NaN],
    ['undefined', { notAfter: undefined, licenseDurationSeconds: undefined }, 'usable', Number.NaN],
  ] satisfies [string, LicensePolicy, string, number][])('%s', (_, policy, state, expiresAt) => {
    expect(read(policy, 0)).toMatchObject({ state, expiresAt });
  });

  it('ends a license of no playback duration when playback begins', () => {
    const policy = { playbackDurationSeconds: 0 };

    expect(read(policy, 9, { firstPlayedAt: at(9) })).toMatchObject({ state: 'expired', expiresAt: at(9) });
  });

  it('counts a playback that no rental was left for as none', () => {
    const policy = { rentalDurationSeconds: 0 };

    expect(read(policy, 1, { firstPlayedAt: at(0) }).state).toBe('expired');
  });
});

describe('combinations', () => {
  const all = {
    notAfter: at(400),
    licenseDurationSeconds: 300,
    rentalDurationSeconds: 100,
    playbackDurationSeconds: 50,
  };

  it.each([
    ['the rental before playback', all, {}, 100],
    ['the playback duration after it', all, { firstPlayedAt: at(99) }, 149],
    ['the license duration', { ...all, rentalDurationSeconds: 310 }, {}, 300],
    [
      'the license duration in playback',
      { ...all, playbackDurationSeconds: 9999 },
      { firstPlayedAt: at(9) },
      300,
    ],
    ['notAfter', { ...all, notAfter: at(20) }, {}, 20],
    ['notAfter in playback', { ...all, notAfter: at(20) }, { firstPlayedAt: at(9) }, 20],
  ] satisfies [string, LicensePolicy, Partial<LicenseTimes>, number][])(
    'end by the earliest: %s',
    (_, policy, change, end) => {
      expect(read(policy, 10, change).expiresAt).toBe(at(end));
    },
  );

  it('wait for the beginning before the end', () => {
    const policy = { notBefore: at(20), notAfter: at(50) };

    expect(read(policy, 10)).toMatchObject({
      state: 'usable-in-future',
      nextChangeAt: at(20),
      expiresAt: at(50),
    });
    expect(read(policy, 20)).toMatchObject({ state: 'usable', nextChangeAt: at(50) });
    expect(read(policy, 50)).toMatchObject({ state: 'expired', nextChangeAt: null });
  });

  it('are expired, and not to come, where they end before they begin', () => {
    const policy = { notBefore: at(90), notAfter: at(50) };

    expect(read(policy, 49).state).toBe('usable-in-future');
    expect(read(policy, 50).state).toBe('expired');
  });
});

describe('rental and playback', () => {
  const policy = { rentalDurationSeconds: 100, playbackDurationSeconds: 50 };

  it('has no end of playback before playback begins', () => {
    expect(read(policy, 10)).toMatchObject({ expiresAt: at(100), nextChangeAt: at(100) });
  });

  it('forgets the rental once playback has begun', () => {
    expect(read({ rentalDurationSeconds: 100 }, 1000, { firstPlayedAt: at(99) })).toMatchObject({
      state: 'usable',
      expiresAt: Number.NaN,
    });
  });

  it.each([at(100), at(101)])('does not take a playback that began too late', (firstPlayedAt) => {
    expect(read(policy, 102, { firstPlayedAt })).toMatchObject({ state: 'expired', expiresAt: at(100) });
  });
});

describe('a renewal', () => {
  const policy: LicensePolicy = {
    licenseDurationSeconds: 60,
    renewal: { delaySeconds: 40, retrySeconds: 5, graceSeconds: 30 },
  };

  it('begins the license duration anew, and neither rental nor playback', () => {
    const renewed = { receivedAt: at(50), firstReceivedAt: at(0) };

    expect(read(policy, 55, renewed)).toMatchObject({ expiresAt: at(110), renewAt: at(90) });
    expect(read({ ...policy, rentalDurationSeconds: 100 }, 55, renewed).expiresAt).toBe(at(100));
    expect(
      read({ ...policy, playbackDurationSeconds: 70 }, 55, { ...renewed, firstPlayedAt: at(10) }).expiresAt,
    ).toBe(at(80));
  });

  it('is asked for after its delay', () => {
    expect(read(policy, 0)).toMatchObject({ renewAt: at(40), nextChangeAt: at(40) });
  });

  it('is due now where its time has passed, and that is no reason to look again', () => {
    expect(read(policy, 45)).toMatchObject({ renewAt: at(40), nextChangeAt: at(60) });
  });

  it('is asked for at once where the delay is 0', () => {
    const eager: LicensePolicy = { renewal: { delaySeconds: 0 } };

    expect(read(eager, 0)).toMatchObject({ renewAt: at(0), nextChangeAt: null });
  });

  it.each([
    ['after the given pause', { delaySeconds: 40, retrySeconds: 5 }, 46],
    ['after 10 seconds', { delaySeconds: 40 }, 51],
    ['after a second where there is to be no pause', { delaySeconds: 40, retrySeconds: 0 }, 42],
  ])('is asked for again %s', (_, renewal, renewAt) => {
    const asked = { renewalRequestedAt: at(41) };

    expect(read({ licenseDurationSeconds: 60, renewal }, 41, asked)).toMatchObject({
      renewAt: at(renewAt),
      nextChangeAt: at(renewAt),
    });
  });

  it.each([
    ['the delay ends with the license', { delaySeconds: 60 }, {}],
    ['the delay is longer than the license', { delaySeconds: 61 }, {}],
    [
      'the pause ends with the license',
      { delaySeconds: 40, retrySeconds: 10 },
      { renewalRequestedAt: at(50) },
    ],
  ] satisfies [string, LicensePolicy['renewal'], Partial<LicenseTimes>][])(
    'is never asked for after expiry: %s',
    (_, renewal, change) => {
      expect(read({ licenseDurationSeconds: 60, renewal }, 50, change)).toMatchObject({
        renewAt: null,
        nextChangeAt: at(60),
      });
    },
  );

  it('is not asked for by a license that was found expired, though it had been due', () => {
    expect(read(policy, 61)).toMatchObject({ state: 'expired', renewAt: null });
  });

  it('keeps the keys usable for the grace, but only while it is under way', () => {
    const asked = { renewalRequestedAt: at(55) };

    expect(read(policy, 61)).toMatchObject({ state: 'expired', expiresAt: at(60) });
    expect(read(policy, 61, asked)).toMatchObject({ state: 'usable', expiresAt: at(90) });
    expect(read(policy, 90, asked)).toMatchObject({ state: 'expired', expiresAt: at(90) });
  });

  it('is asked for again within the grace, until that ends', () => {
    expect(read(policy, 62, { renewalRequestedAt: at(60) }).renewAt).toBe(at(65));
    expect(read(policy, 86, { renewalRequestedAt: at(85) }).renewAt).toBeNull();
  });

  it('has no grace beyond other bounds', () => {
    const asked = { renewalRequestedAt: at(55) };

    expect(read({ ...policy, notAfter: at(70) }, 61, asked).expiresAt).toBe(at(70));
    expect(
      read({ renewal: { delaySeconds: 40, graceSeconds: 30 }, notAfter: at(60) }, 50, asked).expiresAt,
    ).toBe(at(60));
  });

  it('is asked for by a license without an end', () => {
    const endless: LicensePolicy = { renewal: { delaySeconds: 40 } };

    expect(read(endless, 0)).toMatchObject({ renewAt: at(40), expiresAt: Number.NaN });
  });
});

describe('times out of reach', () => {
  it.each([
    [{ licenseDurationSeconds: 1e300 }],
    [{ licenseDurationSeconds: Number.MAX_VALUE }],
    [{ notAfter: 9e15 }],
    [{ renewal: { delaySeconds: 1e300 } }],
  ] satisfies [LicensePolicy][])('are no bound: %j', (policy) => {
    expect(read(policy, 0)).toEqual({
      state: 'usable',
      expiresAt: Number.NaN,
      renewAt: null,
      nextChangeAt: null,
    });
  });

  it('are looked for again within what a timer can do', () => {
    const policy = { licenseDurationSeconds: 30 * 24 * 3600 };

    expect(read(policy, 0)).toMatchObject({ expiresAt: at(2_592_000), nextChangeAt: at(0) + MAX_TIMER });
    expect(read(policy, 2_000_000).nextChangeAt).toBe(at(2_592_000));
  });
});
