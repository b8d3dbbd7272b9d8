import { expect, test } from 'vitest';

import { formatAddress, networkOf, parseAddress } from './internet-address.js';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
])('%s counts as %s', (text, network) => {
  const address = parseAddress(text);
  expect(address && networkOf(formatAddress(address))).toBe(network);
});
