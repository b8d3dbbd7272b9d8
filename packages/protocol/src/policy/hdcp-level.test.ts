import { expect, it } from 'vitest';
import { compareHdcp, HDCP_LEVELS, isHdcpLevel } from './hdcp-level.js';

it('knows the versions of the registry, in ascending order', () => {
  const shuffled = ['2.2', 'none', '1.0', '2.3', '1.4', '2.0', '1.1', '2.1', '1.3', '1.2'] as const;

  expect([...shuffled].sort(compareHdcp)).toEqual([
    'none',
    '1.0',
    '1.1',
    '1.2',
    '1.3',
    '1.4',
    '2.0',
    '2.1',
    '2.2',
    '2.3',
  ]);
  expect(compareHdcp('2.2', '2.2')).toBe(0);
});

it.each(HDCP_LEVELS)('takes %s for a level', (level) => {
  expect(isHdcpLevel(level)).toBe(true);
});

it.each(['', '9.9', '1', 1.4, null, undefined, ['1.4'], 'toString'])('takes %j for none', (value) => {
  expect(isHdcpLevel(value)).toBe(false);
});
