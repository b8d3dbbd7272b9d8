import { PlaybackError, type PlaybackErrorCode } from '@secure-player/core';
import { describe, expect, it } from 'vitest';

import { downloadOf, licenseOf } from '../../testing/fake-downloads.js';
import { findTrouble } from './find-trouble.js';
import { recoverySteps } from './recovery-steps.js';

const failed = (code: PlaybackErrorCode) =>
  downloadOf('a', { status: 'failed', error: new PlaybackError(code) });
const licensed = (...given: Parameters<typeof licenseOf>) =>
  downloadOf('a', { status: 'complete' }, { license: licenseOf(...given) });

describe('trouble', () => {
  it.each([
    ['usable', undefined],
    ['missing', 'stored-license-missing'],
    ['expired', 'offline-license-expired'],
    ['revoked', 'offline-license-revoked'],
    ['clock-behind', 'clock-behind'],
  ] as const)('with a license that is %s', (status, code) => {
    expect(findTrouble(licensed('persistent', { status }))?.code).toBe(code);
  });

  it('is the error of what failed, whatever its license', () => {
    expect(findTrouble(failed('storage-full'))?.code).toBe('storage-full');
  });

  it('is none where a license is fetched at each playback', () => {
    expect(findTrouble(licensed('online-license', { status: 'missing' }))).toBeNull();
  });

  it('is none of what cannot be played yet, or goes away', () => {
    const expired = licenseOf('vault', { status: 'expired' });

    expect(findTrouble(downloadOf('a', { status: 'preparing' }, { license: expired }))).toBeNull();
    expect(findTrouble(downloadOf('a', { status: 'removing' }, { license: expired }))).toBeNull();
    expect(findTrouble(null)).toBeNull();
  });
});

describe('what can be done about it', () => {
  const steps = (download = failed('storage-full'), onRecovery = {}) => {
    const trouble = findTrouble(download);
    if (!trouble) throw new Error('All is well.');
    return recoverySteps(download, trouble, onRecovery).map(({ recovery, by }) => `${recovery} by ${by}`);
  };

  it('is another try where that makes sense', () => {
    expect(steps(failed('storage-full'))).toEqual(['retry by resumption']);
    expect(steps(failed('download-unsupported'))).toEqual([]);
  });

  it('is what the page has a way to do, first', () => {
    const onRecovery = { 'free-space': () => {}, 'use-other-device': () => {} };

    expect(steps(failed('storage-full'), onRecovery)).toEqual(['free-space by page', 'retry by resumption']);
    expect(steps(failed('download-unsupported'), onRecovery)).toEqual(['use-other-device by page']);
  });

  it('is another license, by the page where it has a way of its own', () => {
    const expired = licensed('persistent', { status: 'expired' });

    expect(steps(expired)).toEqual(['renew-license by renewal']);
    expect(steps(expired, { 'renew-license': () => {} })).toEqual(['renew-license by page']);
    expect(steps(licensed('persistent', { status: 'expired', renewable: false }))).toEqual([]);
    expect(steps(licensed('persistent', { status: 'missing' }))).toEqual(['renew-license by renewal']);
  });

  it('is the server’s time for a clock that is behind', () => {
    expect(steps(licensed('vault', { status: 'clock-behind' }))).toEqual(['retry by renewal']);
  });

  it('is nothing for a license that was taken back', () => {
    expect(steps(licensed('vault', { status: 'revoked', renewable: false }))).toEqual([]);
  });
});
