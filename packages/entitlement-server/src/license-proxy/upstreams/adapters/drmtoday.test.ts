import type { LicensePolicy } from '@secure-player/protocol';
import { expect, it } from 'vitest';

import { createUpstream } from '../create-upstream.js';
import { createGrant, createRequest, keysWith, NOW } from '../testing/grants.js';
import { startHttpPeer } from '../testing/http-peer.js';
import { startMockDrmtodayServer } from '../testing/mock-drmtoday-server.js';
import { problemOf } from '../testing/problem-of.js';
import { drmtodayRights, type DrmtodayTemplate } from './drmtoday-rights.js';

const MERCHANT = {
  merchant: 'a-merchant',
  sharedSecretId: '00000000-1111-2222-3333-444444444444',
  sharedSecret: new Uint8Array(32).fill(9),
};

const TEMPLATES: readonly DrmtodayTemplate[] = [
  { id: 'hd_hardware', groups: ['AUDIO', 'SD', 'HD'], minHdcp: '2.2', minSecurityLevel: 'hardware' },
  { id: 'hd_hdcp', groups: ['AUDIO', 'SD', 'HD'], minHdcp: '2.2' },
  { id: 'hd', groups: ['AUDIO', 'SD', 'HD'] },
  { id: 'sd', groups: ['AUDIO', 'SD'] },
];

it('is understood by a server that verifies the token once, and its JSON is unwrapped', async () => {
  const { ask } = await setup();
  const grant = { policy: { licenseDurationSeconds: 300 } };

  const answer = await ask(grant);
  expect(answer).toEqual({
    challenge: '000102feff',
    optData: { merchant: 'a-merchant', userId: 'account-7', sessionId: 'digest-of-a-session' },
    crt: {
      ref: [':sd'],
      assetId: 'film',
      storeLicense: false,
      profile: { type: 'rental', absoluteExpiration: '2026-01-01T12:05:00Z', playDuration: 'PT300S' },
    },
  });

  // With an id of its own each time.
  expect(await ask(grant)).toEqual(answer);
});

it('says that somebody has not signed in, and has no session', async () => {
  const { ask } = await setup();

  expect(await ask({ accountId: null, sessionKey: null })).toMatchObject({
    optData: { merchant: 'a-merchant', userId: 'anonymous' },
  });
});

it('is refused with another secret', async () => {
  const { upstream } = await setup({ sharedSecret: 'ab'.repeat(32) });

  expect(await problemOf(upstream.send(createRequest()))).toEqual({
    code: 'license-upstream-refused',
    headers: {},
  });
});

it("sends FairPlay's message as a form, and gives the bytes of its answer", async () => {
  const { upstream } = await setup();
  const message = new Uint8Array([0, 0, 0, 1, 5]);

  const answer = await upstream.send(createRequest({ system: 'fairplay' }, { message, contentType: null }));

  expect([...answer.body]).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 5]);
});

it.each([
  '{',
  '{"status":"OK"}',
  '{"license":7}',
  '{"license":""}',
  '{"license":"no base64"}',
  '{"message":"secret"}',
])('tells JSON without a license as a failure: %s', async (text) => {
  const peer = await startHttpPeer((_, response) => response.end(text));
  const { upstream } = await setup({ url: peer.url });

  expect(await problemOf(upstream.send(createRequest()))).toEqual({
    code: 'license-upstream-failed',
    headers: {},
  });
});

const PROFILES: readonly (readonly [string, LicensePolicy, object])[] = [
  ['nothing', {}, { type: 'purchase' }],
  [
    'an end',
    { notAfter: NOW + 60_500 },
    { type: 'rental', absoluteExpiration: '2026-01-01T12:01:00Z', playDuration: 'PT60S' },
  ],
  [
    'the earliest of all',
    {
      notAfter: NOW + 60_000,
      licenseDurationSeconds: 50,
      rentalDurationSeconds: 40,
      playbackDurationSeconds: 30,
    },
    { type: 'rental', absoluteExpiration: '2026-01-01T12:00:40Z', playDuration: 'PT30S' },
  ],
  [
    'a rental',
    { rentalDurationSeconds: 3600, playbackDurationSeconds: 7200 },
    { type: 'rental', absoluteExpiration: '2026-01-01T13:00:00Z', playDuration: 'PT7200S' },
  ],
  [
    'a playback duration alone',
    { playbackDurationSeconds: 7200 },
    { type: 'rental', playDuration: 'PT7200S' },
  ],
];

it.each(PROFILES)('says %s', (_, policy, profile) => {
  expect(rightsFor({ policy })).toEqual({ ref: [':sd'], assetId: 'film', storeLicense: false, profile });
});

it.each<[string, LicensePolicy]>([
  ['a license of no time', { licenseDurationSeconds: 0 }],
  ['a rental of no time', { rentalDurationSeconds: 0 }],
  ['a playback of no time', { playbackDurationSeconds: 0 }],
  ['what has ended', { notAfter: NOW }],
  ['what begins later', { notBefore: NOW + 1 }],
])('asks for nothing in place of %s', (_, policy) => {
  expect(() => rightsFor({ policy })).toThrow('The license server refused the request');
});

it('stores what may be stored', () => {
  expect(rightsFor({ sessionType: 'persistent-license', policy: { canPersist: true } })).toMatchObject({
    storeLicense: true,
  });
});

it.each([
  ['sound and SD', keysWith(), ':sd'],
  ['HD without demands', keysWith({}), ':hd'],
  ['HD with HDCP alone', keysWith({ minHdcp: '1.4' }), ':hd_hdcp'],
  ['HD for hardware', keysWith({ minSecurityLevel: 'hardware', minHdcp: '2.2' }), ':hd_hardware'],
  ['HD that demands more than any template, so that it is left out', keysWith({ minHdcp: '2.3' }), ':sd'],
] as const)('names the template that gives the most and demands the least: %s', (_, keys, id) => {
  expect(rightsFor({ keys })).toMatchObject({ ref: [id] });
});

it.each([
  ['SD that demands more than any template without HD', keysWith(undefined, { minHdcp: '2.2' })],
  ['a root key', [{ keyId: 'a0000000000000000000000000000009', policy: { use: 'root' } }]],
] as const)('asks for nothing where no template fits: %s', (_, keys) => {
  expect(() => rightsFor({ keys })).toThrow('The license server refused the request');
});

function rightsFor(grant: Parameters<typeof createGrant>[0]) {
  return drmtodayRights(createGrant(grant), TEMPLATES, NOW);
}

async function setup(options: { readonly sharedSecret?: string; readonly url?: string } = {}) {
  const peer = await startMockDrmtodayServer(MERCHANT, () => NOW);
  const upstream = createUpstream(
    {
      kind: 'drmtoday',
      url: { widevine: `${peer.url}/widevine`, fairplay: `${peer.url}/fairplay` },
      ...MERCHANT,
      sharedSecret: Buffer.from(MERCHANT.sharedSecret).toString('hex'),
      templates: TEMPLATES,
      ...options,
    },
    { clock: () => NOW },
  );
  return {
    upstream,
    ask: async (grant: Parameters<typeof createRequest>[0]) => {
      const { body } = await upstream.send(createRequest(grant));
      return JSON.parse(new TextDecoder().decode(body)) as unknown;
    },
  };
}
