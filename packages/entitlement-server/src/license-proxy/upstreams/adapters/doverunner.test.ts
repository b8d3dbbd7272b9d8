import { toBase64, type KeyPolicy, type LicensePolicy } from '@secure-player/protocol';
import { expect, it } from 'vitest';

import type { SystemName } from '../../../catalog/system-name.js';
import type { KeyGroup } from '../../../catalog/title.js';
import { createUpstream } from '../create-upstream.js';
import { createGrant, createRequest, keysWith, NOW, SD } from '../testing/grants.js';
import { startMockDoverunnerServer } from '../testing/mock-doverunner-server.js';
import { problemOf } from '../testing/problem-of.js';
import { doverunnerPolicy } from './doverunner-policy.js';

const SITE = {
  siteId: 'DEMO',
  siteKey: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345',
  accessKey: 'access-key-of-the-site',
};

it('is understood by a server that checks hash and age, and decrypts the policy', async () => {
  const { ask } = await setup();

  expect(await ask({ policy: { licenseDurationSeconds: 300 } })).toEqual({
    challenge: '000102feff',
    token: {
      drm_type: 'Widevine',
      site_id: 'DEMO',
      user_id: 'account-7',
      cid: 'film',
      response_format: 'original',
      timestamp: '2026-01-01T12:00:00Z',
    },
    policy: {
      policy_version: 2,
      playback_policy: { persistent: false, allowed_track_types: 'SD_ONLY', license_duration: 300 },
    },
  });
});

it('calls somebody who has not signed in anonymous, and hashes names beyond ASCII as they are', async () => {
  const { ask } = await setup();

  expect(await ask({ accountId: null })).toMatchObject({ token: { user_id: 'anonymous' } });
  expect(await ask({ accountId: 'Zoë', contentId: 'фильм' })).toMatchObject({
    token: { user_id: 'Zoë', cid: 'фильм' },
  });
});

it('is refused with another access key', async () => {
  const { upstream } = await setup({ accessKey: 'another' });

  expect(await problemOf(upstream.send(createRequest()))).toEqual({
    code: 'license-upstream-refused',
    headers: {},
  });
});

const SPC = new Uint8Array([0, 0, 0, 1, 250, 251, 252]);
const CKC = new Uint8Array([0, 0, 0, 1, ...SPC]);

it.each([
  ['bytes', null, SPC, CKC],
  ['bytes', 'application/octet-stream', SPC, CKC],
  [
    'a form',
    'application/x-www-form-urlencoded',
    Buffer.from(`spc=${encodeURIComponent(toBase64(SPC))}`),
    Buffer.from(`<ckc>${toBase64(CKC)}</ckc>`),
  ],
  [
    'a form with bare base64',
    'application/x-www-form-urlencoded',
    Buffer.from(`spc=${toBase64(SPC)}`),
    Buffer.from(`<ckc>${toBase64(CKC)}</ckc>`),
  ],
  [
    'JSON',
    'application/json; charset=utf-8',
    Buffer.from(JSON.stringify({ spc: toBase64(SPC) })),
    Buffer.from(JSON.stringify({ ckc: toBase64(CKC) })),
  ],
])(
  "sends FairPlay's message as a form, and answers %s (%s) alike",
  async (_, contentType, message, expected) => {
    const { upstream, peer } = await setup();

    const answer = await upstream.send(
      createRequest({ system: 'fairplay' }, { contentType, message: Uint8Array.from(message) }),
    );

    const [received] = peer.requests;
    expect(received?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(new URLSearchParams(received?.body.toString()).get('spc')).toBe(toBase64(SPC));
    expect(Buffer.from(answer.body)).toEqual(Buffer.from(expected));
  },
);

const PLAYBACK: readonly (readonly [string, LicensePolicy, object])[] = [
  ['nothing', {}, {}],
  ['an end', { notAfter: NOW + 60_500 }, { expire_date: '2026-01-01T12:01:00Z' }],
  ['a duration', { licenseDurationSeconds: 60 }, { license_duration: 60 }],
  [
    'the earlier of both, a duration',
    { licenseDurationSeconds: 60, notAfter: NOW + 90_000 },
    { license_duration: 60 },
  ],
  [
    'the earlier of both, an end',
    { licenseDurationSeconds: 60, notAfter: NOW + 30_000 },
    { license_duration: 30 },
  ],
  [
    'a rental',
    { rentalDurationSeconds: 1000, playbackDurationSeconds: 100 },
    { rental_duration: 1000, playback_duration: 100 },
  ],
  ['a window to begin in, alone', { rentalDurationSeconds: 1000 }, { license_duration: 1000 }],
  ['a playback duration alone', { playbackDurationSeconds: 100 }, { playback_duration: 100 }],
  ['a beginning that is past', { notBefore: NOW }, {}],
];

it.each(PLAYBACK)('says %s', (_, policy, expected) => {
  expect(policyFor({ policy })).toMatchObject({
    playback_policy: { persistent: false, allowed_track_types: 'SD_ONLY', ...expected },
  });
  expect(Object.keys((policyFor({ policy }) as { playback_policy: object }).playback_policy)).toHaveLength(
    2 + Object.keys(expected).length,
  );
});

it.each<[string, LicensePolicy]>([
  ['a license of no time', { licenseDurationSeconds: 0 }],
  ['a rental of no time', { rentalDurationSeconds: 0, playbackDurationSeconds: 100 }],
  ['a playback of no time', { rentalDurationSeconds: 100, playbackDurationSeconds: 0 }],
  ['less than a second', { licenseDurationSeconds: 0.5 }],
  ['what has ended', { notAfter: NOW - 1 }],
  ['what begins later', { notBefore: NOW + 1 }],
])('asks for nothing in place of %s, as 0 is no bound to it', (_, policy) => {
  expect(() => policyFor({ policy })).toThrow('The license server refused the request');
});

it.each<[readonly KeyGroup[], string]>([
  [['AUDIO', 'SD'], 'SD_ONLY'],
  [['SD', 'HD'], 'SD_HD'],
  [['AUDIO', 'SD', 'HD', 'UHD1'], 'SD_UHD1'],
  [['AUDIO', 'SD', 'HD', 'UHD1', 'UHD2'], 'SD_UHD2'],
  [['AUDIO', 'SD', 'UHD1'], 'SD_ONLY'],
])('says keys of %j as %s, and never more', (groups, expected) => {
  const keys = groups.map((group) => ({ keyId: SD, group, policy: {} }));

  expect(policyFor({ keys })).toMatchObject({ playback_policy: { allowed_track_types: expected } });
});

it.each<[readonly (KeyGroup | undefined)[]]>([[['AUDIO']], [['AUDIO', 'HD']], [[undefined]]])(
  'asks for nothing for keys of %j, which it could only get with SD',
  (groups) => {
    const keys = groups.map((group) => ({ keyId: SD, group, policy: {} }));

    expect(() => policyFor({ keys })).toThrow('The license server refused the request');
  },
);

const DEMANDS: readonly (readonly [KeyPolicy, SystemName, object])[] = [
  [{ minSecurityLevel: 'hardware' }, 'widevine', { security_level: 5 }],
  [{ minHdcp: '1.4' }, 'widevine', { required_hdcp_version: 'HDCP_V1' }],
  [{ minHdcp: '2.2' }, 'widevine', { required_hdcp_version: 'HDCP_V2.2' }],
  [{ minSecurityLevel: 'hardware' }, 'playready', { security_level: 3000 }],
  [{ minHdcp: '1.0' }, 'playready', { digital_video_protection_level: 270, require_hdcp_type_1: false }],
  [{ minHdcp: '2.2' }, 'playready', { digital_video_protection_level: 300, require_hdcp_type_1: true }],
  [{ minHdcp: '1.0' }, 'fairplay', { hdcp_enforcement: 0 }],
  [{ minHdcp: '2.0' }, 'fairplay', { hdcp_enforcement: 1 }],
];

it.each(DEMANDS)('says %o under %s as %o, for its track type alone', (policy, system, expected) => {
  expect(policyFor({ system, keys: keysWith(policy) })).toMatchObject({
    playback_policy: { allowed_track_types: 'SD_HD' },
    security_policy: [{ track_type: 'HD', [system]: expected }],
  });
});

it('joins what several keys of a track type demand', () => {
  const keys = [
    { keyId: SD, group: 'SD' as const, policy: { minHdcp: '2.2' as const } },
    {
      keyId: SD,
      group: 'SD' as const,
      policy: { minHdcp: '1.4' as const, minSecurityLevel: 'hardware' as const },
    },
  ];

  expect(policyFor({ keys })).toMatchObject({
    security_policy: [
      { track_type: 'SD', widevine: { security_level: 5, required_hdcp_version: 'HDCP_V2.2' } },
    ],
  });
});

it('asks for nothing with an HDCP version it has no word for', () => {
  expect(() => policyFor({ keys: keysWith(undefined, { minHdcp: '2.3' }) })).toThrow(
    'The license server refused the request',
  );
});

function policyFor(grant: Parameters<typeof createGrant>[0]): unknown {
  return doverunnerPolicy(createGrant(grant), NOW);
}

async function setup(site: Partial<typeof SITE> = {}) {
  const peer = await startMockDoverunnerServer(SITE, () => NOW);
  const upstream = createUpstream(
    { kind: 'doverunner', url: peer.url, ...SITE, ...site },
    { clock: () => NOW },
  );
  return {
    peer,
    upstream,
    ask: async (grant: Parameters<typeof createRequest>[0]) => {
      const { body } = await upstream.send(createRequest(grant));
      return JSON.parse(new TextDecoder().decode(body)) as unknown;
    },
  };
}
