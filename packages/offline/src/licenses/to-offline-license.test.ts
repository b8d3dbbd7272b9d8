import { describe, expect, it } from 'vitest';

import type { LicenseRecord } from './license-record.js';
import { NO_TERMS } from './license-terms.js';
import { endOf, toOfflineLicense } from './to-offline-license.js';

const NOW = 1_000_000;

function recordOf(change: Partial<LicenseRecord> = {}): LicenseRecord {
  return {
    titleId: 'film',
    standing: 'stored',
    holder: { mode: 'vault', keySystem: 'org.w3.clearkey', keys: [] },
    keyIds: [],
    urlKeys: [],
    terms: NO_TERMS,
    bounds: NO_TERMS,
    rightsId: null,
    firstPlay: null,
    source: { src: '/film.mpd' },
    ...change,
  };
}

const session = (expiresAt: number | null) => ({
  sessionId: 's',
  initDataType: 'cenc',
  initData: new Uint8Array(),
  keyIds: [],
  expiresAt,
});

const statusAt = (record: LicenseRecord, isBehind = false) =>
  toOfflineLicense(record, { now: NOW, isBehind }).status;

describe('the end of a license', () => {
  it('is none where nobody sets one', () => {
    expect(endOf(recordOf())).toBeNull();
  });

  it('is the earliest of its sessions’ and its server’s', () => {
    const holder = {
      mode: 'persistent',
      keySystem: 'com.widevine.alpha',
      sessions: [session(null), session(3_000), session(2_000)],
    } as const;
    expect(endOf(recordOf({ holder }))).toBe(2_000);
    expect(endOf(recordOf({ holder, terms: { ...NO_TERMS, expiresAt: 1_000 } }))).toBe(1_000);
    expect(endOf(recordOf({ holder, bounds: { ...NO_TERMS, expiresAt: 500 } }))).toBe(500);
  });

  it('is when playback must have begun, until it has, and then the window from there', () => {
    const terms = { ...NO_TERMS, startBy: 9_000, playWithinSeconds: 60, expiresAt: 100_000 };
    expect(endOf(recordOf({ terms }))).toBe(9_000);
    expect(endOf(recordOf({ terms, firstPlay: { at: 8_000, isReported: false } }))).toBe(68_000);
    expect(endOf(recordOf({ terms, firstPlay: { at: 80_000, isReported: false } }))).toBe(100_000);
  });
});

describe('a license as a viewer sees it', () => {
  it('has ended at its very millisecond', () => {
    expect(statusAt(recordOf({ terms: { ...NO_TERMS, expiresAt: NOW + 1 } }))).toBe('usable');
    expect(statusAt(recordOf({ terms: { ...NO_TERMS, expiresAt: NOW } }))).toBe('expired');
  });

  it('has no bound of 0 taken for none', () => {
    expect(statusAt(recordOf({ terms: { ...NO_TERMS, expiresAt: 0 } }))).toBe('expired');
    const firstPlay = { at: NOW, isReported: true };
    expect(statusAt(recordOf({ terms: { ...NO_TERMS, playWithinSeconds: 0 }, firstPlay }))).toBe('expired');
  });

  it('is not judged by a clock that was set back, if it has an end', () => {
    expect(statusAt(recordOf(), true)).toBe('usable');
    expect(statusAt(recordOf({ terms: { ...NO_TERMS, expiresAt: NOW + 1 } }), true)).toBe('clock-behind');
  });

  it('is missing until it is there, and revoked whatever the clock says', () => {
    expect(statusAt(recordOf({ standing: 'pending' }))).toBe('missing');
    const revoked = recordOf({ standing: 'revoked', terms: { ...NO_TERMS, expiresAt: 1 } });
    expect(toOfflineLicense(revoked, { now: NOW, isBehind: true })).toMatchObject({
      status: 'revoked',
      renewable: false,
    });
  });

  it('is frozen', () => {
    expect(Object.isFrozen(toOfflineLicense(recordOf(), { now: NOW, isBehind: false }))).toBe(true);
  });
});
