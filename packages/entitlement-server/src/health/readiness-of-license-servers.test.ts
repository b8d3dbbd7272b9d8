import { expect, test } from 'vitest';

import type { BreakerStatus, LicenseUpstream } from '../license-proxy/license-upstream.js';
import { setup } from '../testing/setup.js';

function vendor(status: BreakerStatus): LicenseUpstream {
  return {
    breaker: { status },
    async send() {
      throw new Error('Nobody asks for a license here.');
    },
  };
}

test.each<[string, number, readonly [BreakerStatus, BreakerStatus]]>([
  ['one of two is away', 200, ['open', 'closed']],
  ['one of two is being tried', 200, ['open', 'half-open']],
  ['all are away', 503, ['open', 'open']],
])('a proxy of license servers elsewhere, where %s: %i', async (_case, status, [widevine, playready]) => {
  const server = setup({
    keySeed: undefined,
    upstreams: { widevine: vendor(widevine), playready: vendor(playready) },
  });
  const answer = await server.get('/readyz');
  expect(answer.status).toBe(status);
});
