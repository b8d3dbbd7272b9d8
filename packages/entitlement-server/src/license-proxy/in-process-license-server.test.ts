import { expect, it } from 'vitest';

import { ProblemError } from '../http/problem-error.js';
import { LicenseServer } from '../license-server/license-server.js';
import type { TokenLedger } from '../license-server/token-ledger.js';
import { InProcessLicenseServer } from './in-process-license-server.js';
import type { UpstreamGrant, UpstreamRequest } from './license-upstream.js';

const NOW = 1_800_000_000_500;
const KEY_ID = 'c0000000000000000000000000000001';
const GRANT: UpstreamGrant = {
  tenant: 'default',
  accountId: 'anna',
  sessionKey: 'session',
  deviceId: null,
  contentId: 'film',
  system: 'clearkey',
  sessionType: 'temporary',
  keys: [{ keyId: KEY_ID, group: 'SD', policy: {} }],
  policy: {},
};

function setup(isFirst = true) {
  const used: Parameters<TokenLedger['consume']>[] = [];
  const server = new LicenseServer({
    keySeeds: [['default', new Uint8Array(64).fill(7)]],
    tokenKeys: [{ id: 'a', secret: new Uint8Array(32).fill(1) }],
    ledger: {
      consume: async (...use) => {
        used.push(use);
        return isFirst;
      },
    },
    clock: () => NOW,
  });
  return { upstream: new InProcessLicenseServer(server), used };
}

function request(grant: Partial<UpstreamGrant> = {}): UpstreamRequest {
  const kids = [Buffer.from(KEY_ID, 'hex').toString('base64url')];
  return {
    grant: { ...GRANT, ...grant },
    message: new TextEncoder().encode(JSON.stringify({ kids, type: 'temporary' })),
    contentType: 'application/json',
    soapAction: null,
    signal: new AbortController().signal,
  };
}

it('uses each grant up once, for as long as a token would have been good', async () => {
  const { upstream, used } = setup();
  await upstream.send(request());
  await upstream.send(request());

  const [first, second] = used;
  expect(used).toHaveLength(2);
  expect(first?.[0]).not.toBe(second?.[0]);
  // 30 seconds from the second that it is, and 5 between two clocks.
  expect(first?.[1]).toBe(1_800_000_035_000);
});

it('gives no key away for what could not be used up', async () => {
  const sent = setup(false).upstream.send(request());
  await expect(sent).rejects.toSatisfy(
    (error) => error instanceof ProblemError && error.problem.code === 'license-token-rejected',
  );
});

it('uses nothing up for a system that it has no licenses for', async () => {
  const { upstream, used } = setup();
  await expect(upstream.send(request({ system: 'widevine' }))).rejects.toBeInstanceOf(ProblemError);
  expect(used).toEqual([]);
});
