import { describe, expect, it } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import { licenseStatusOf, type LicenseSituation, type LicenseStatus } from './license-status.js';

const statusOf = (statuses: readonly string[], rest: Partial<LicenseSituation> = {}) =>
  licenseStatusOf({
    keyStatuses: statuses.map((status, index) => ({ keyId: String(index), status })),
    renewal: 'none',
    error: null,
    isAsked: true,
    ...rest,
  });

describe('the status of a license', () => {
  it.each<[LicenseStatus, readonly string[]]>([
    ['usable', ['usable']],
    ['usable', ['output-restricted', 'usable', 'expired']],
    ['usable', ['output-downscaled']],
    ['pending', []],
    ['pending', ['status-pending']],
    ['pending', ['usable-in-future', 'expired']],
    ['pending', ['internal-error']],
    ['output-restricted', ['expired', 'output-restricted']],
    ['expired', ['expired', 'released']],
    ['released', ['released']],
    ['pending', ['a-status-of-a-later-edition']],
  ])('is %s by keys that are %o', (expected, statuses) => {
    expect(statusOf(statuses)).toBe(expected);
  });

  it('is none before one is asked for', () => {
    expect(statusOf([], { isAsked: false })).toBe('none');
  });

  it('tells a renewal that is under way from one that was refused', () => {
    expect(statusOf(['usable'], { renewal: 'under-way' })).toBe('renewing');
    expect(statusOf(['expired'], { renewal: 'under-way' })).toBe('renewing');
    expect(statusOf(['usable'], { renewal: 'refused' })).toBe('renewal-refused');
    expect(statusOf(['expired'], { renewal: 'refused' })).toBe('expired');
  });

  it('is an error where there is one', () => {
    expect(statusOf(['usable'], { error: new PlaybackError('license-refused') })).toBe('error');
  });
});
