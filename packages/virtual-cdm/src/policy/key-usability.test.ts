import { describe, expect, it } from 'vitest';
import { keyStatus, type KeyCircumstances } from './key-usability.js';

function status(change: Partial<KeyCircumstances> = {}) {
  return keyStatus({ clockState: 'usable', keyPolicy: {}, display: 'none', device: 'software', ...change });
}

it('lets a key without demands be used', () => {
  expect(status()).toBe('usable');
});

it.each(['expired', 'usable-in-future', 'usable'] as const)('follows the clock: %s', (clockState) => {
  expect(status({ clockState })).toBe(clockState);
});

it.each([
  ['none', 'none', 'usable'],
  ['none', '1.0', 'output-restricted'],
  ['1.4', '2.2', 'output-restricted'],
  ['2.2', '2.2', 'usable'],
  ['2.3', '2.2', 'usable'],
] as const)('on a display with HDCP %s, a key for %s is %s', (display, minHdcp, expected) => {
  expect(status({ display, keyPolicy: { minHdcp } })).toBe(expected);
});

it.each([
  ['software', 'software', 'usable'],
  ['software', 'hardware', 'internal-error'],
  ['hardware', 'software', 'usable'],
  ['hardware', 'hardware', 'usable'],
] as const)('on a device of %s, a key for %s is %s', (device, minSecurityLevel, expected) => {
  expect(status({ device, keyPolicy: { minSecurityLevel } })).toBe(expected);
});

describe('what counts first', () => {
  const unfit = { keyPolicy: { minHdcp: '2.3', minSecurityLevel: 'hardware' } } as const;

  it('is expiry, over all else', () => {
    expect(status({ ...unfit, clockState: 'expired', forced: 'usable' })).toBe('expired');
  });

  it.each(['output-restricted', 'expired', 'internal-error', 'usable'] as const)(
    'is what a test wants, over the rest: %s',
    (forced) => {
      expect(status({ ...unfit, clockState: 'usable-in-future', forced })).toBe(forced);
    },
  );

  it('is the time to come, over device and display', () => {
    expect(status({ ...unfit, clockState: 'usable-in-future' })).toBe('usable-in-future');
  });

  it('is the device, which cannot change, over the display', () => {
    expect(status(unfit)).toBe('internal-error');
  });
});
