import type { KeyPolicy, LicensePolicy } from '@secure-player/protocol';
import { expect, it } from 'vitest';

import type { SystemName } from '../../../catalog/system-name.js';
import { createUpstream } from '../create-upstream.js';
import { AUDIO, createGrant, createRequest, GUIDS, keysWith, NOW, SD } from '../testing/grants.js';
import { startMockAxinomServer } from '../testing/mock-axinom-server.js';
import { problemOf } from '../testing/problem-of.js';
import { axinomMessage } from './axinom.js';

const COM_KEY_ID = '12196546-a312-4a4e-ab65-c19bccce1adf';
const COM_KEY = new Uint8Array(32).fill(7);

it('is understood by a server that checks what the public document says, and names each key with its policy', async () => {
  const { upstream } = await setup();

  const answer = await ask(upstream, { keys: keysWith({ minSecurityLevel: 'hardware', minHdcp: '2.2' }) });

  expect(answer).toEqual({
    challenge: '000102feff',
    message: {
      type: 'entitlement_message',
      version: 2,
      license: {
        allow_persistence: false,
        widevine: {
          real_time_duration_expiration: true,
          real_time_playback_expiration: true,
          allow_renewal: false,
        },
      },
      content_keys_source: {
        inline: [
          { id: GUIDS.AUDIO, usage_policy: 'any device' },
          { id: GUIDS.SD, usage_policy: 'any device' },
          { id: GUIDS.HD, usage_policy: 'hardware, HDCP 2.2' },
        ],
      },
      content_key_usage_policies: [
        { name: 'any device', widevine: {} },
        { name: 'hardware, HDCP 2.2', widevine: { device_security_level: 'HW_SECURE_ALL', hdcp: '2.2' } },
      ],
    },
  });
});

it('makes another message each time, as the server takes none twice', async () => {
  const { upstream, peer } = await setup();

  await ask(upstream);
  await ask(upstream);

  const messages = peer.requests.map(({ headers }) => headers['x-axdrm-message']);
  expect(new Set(messages).size).toBe(2);
});

it('is refused with another key, and says nothing of what the server wrote', async () => {
  const { upstream } = await setup(new Uint8Array(32).fill(8));

  expect(await problemOf(upstream.send(createRequest()))).toEqual({
    code: 'license-upstream-refused',
    headers: {},
  });
});

it('is good for a minute, and for a server whose clock is half a minute behind', () => {
  expect(messageFor({})).toMatchObject({
    version: 1,
    id: 'an-id',
    com_key_id: COM_KEY_ID,
    begin_date: '2026-01-01T11:59:30Z',
    expiration_date: '2026-01-01T12:01:00Z',
  });
});

const LICENSES: readonly (readonly [string, LicensePolicy, SystemName, object])[] = [
  ['nothing', {}, 'playready', { playready: { real_time_expiration: true } }],
  ['an end', { notAfter: NOW + 3600_500 }, 'playready', { expiration_datetime: '2026-01-01T13:00:00Z' }],
  ['a beginning ahead', { notBefore: NOW + 60_000 }, 'playready', { start_datetime: '2026-01-01T12:01:00Z' }],
  ['a duration', { licenseDurationSeconds: 300 }, 'fairplay', { duration: 300 }],
  ['a part of a second', { licenseDurationSeconds: 300.9 }, 'fairplay', { duration: 300 }],
  [
    'a playback duration',
    { playbackDurationSeconds: 7200 },
    'fairplay',
    { fairplay: { playback_duration: 7200, real_time_expiration: true } },
  ],
  [
    'a rental window alone, which ends no playback under Widevine',
    { rentalDurationSeconds: 86_400, playbackDurationSeconds: 7200 },
    'widevine',
    {
      duration: 86_400,
      widevine: {
        playback_duration: 7200,
        real_time_duration_expiration: false,
        real_time_playback_expiration: true,
        allow_renewal: false,
      },
    },
  ],
  [
    'a rental window beside a duration',
    { rentalDurationSeconds: 100, licenseDurationSeconds: 300 },
    'widevine',
    { duration: 100, widevine: { real_time_duration_expiration: true } },
  ],
  [
    'renewals with neither delay nor grace',
    { licenseDurationSeconds: 300, renewal: { delaySeconds: 0 } },
    'widevine',
    {
      widevine: {
        allow_renewal: true,
        renewal_delay: 0,
        // 0 would be a grace without an end.
        renewal_recovery: 1,
        renewal_retry_interval: 10,
      },
    },
  ],
  [
    'renewals with all they can have',
    { renewal: { delaySeconds: 240, retrySeconds: 5, graceSeconds: 30 } },
    'widevine',
    { widevine: { renewal_delay: 240, renewal_recovery: 30, renewal_retry_interval: 5 } },
  ],
];

it.each(LICENSES)('says %s', (_, policy, system, expected) => {
  expect(messageFor({ policy, system })).toMatchObject({ message: { license: expected } });
});

it.each([
  ['licenseDurationSeconds', 'duration'],
  ['playbackDurationSeconds', 'playback_duration'],
  ['rentalDurationSeconds', 'duration'],
] as const)('keeps a %s of 0 apart from none', (name, field) => {
  expect(JSON.stringify(messageFor({}))).not.toContain(`"${field}"`);
  expect(() => messageFor({ policy: { [name]: 0 } })).toThrow('The license server refused the request');
});

it.each([0, NOW, NOW + 999])('asks for no license that ends at %d', (notAfter) => {
  expect(() => messageFor({ policy: { notAfter } })).toThrow('The license server refused the request');
});

it.each([
  ['temporary', true, false],
  ['persistent-license', true, true],
  ['persistent-license', false, false],
  ['persistent-license', undefined, false],
] as const)('lets a %s be stored with canPersist %s: %s', (sessionType, canPersist, expected) => {
  expect(messageFor({ sessionType, policy: { canPersist } })).toMatchObject({
    message: { license: { allow_persistence: expected } },
  });
});

const TYPE_1 = [{ id: 'ABB2C6F1-E663-4625-A945-972D17B231E7', config_data: 'AAAAAQ==' }];
const DEMANDS: readonly (readonly [KeyPolicy, SystemName, object])[] = [
  [{}, 'widevine', {}],
  [{ minHdcp: 'none', minSecurityLevel: 'software' }, 'widevine', {}],
  [{ minHdcp: '1.4' }, 'widevine', { hdcp: '1.0' }],
  [{ minHdcp: '2.3' }, 'widevine', { hdcp: '2.3' }],
  [{}, 'playready', { min_device_security_level: 2000 }],
  [{ minSecurityLevel: 'hardware' }, 'playready', { min_device_security_level: 3000 }],
  [{ minHdcp: '1.0' }, 'playready', { min_device_security_level: 2000, uncompressed_digital_video_opl: 270 }],
  [
    { minHdcp: '2.0' },
    'playready',
    {
      min_device_security_level: 2000,
      uncompressed_digital_video_opl: 300,
      digital_video_output_protections: TYPE_1,
    },
  ],
  [{}, 'fairplay', {}],
  [{ minHdcp: '1.4' }, 'fairplay', { hdcp: 'TYPE0' }],
  [{ minHdcp: '2.2' }, 'fairplay', { hdcp: 'TYPE1' }],
];

it.each(DEMANDS)('says %o under %s as %o', (policy, system, expected) => {
  const { message } = messageFor({ system, keys: [{ keyId: SD, group: 'SD', policy }] }) as {
    message: { content_key_usage_policies: readonly Record<string, unknown>[] };
  };

  expect(message.content_key_usage_policies.map((usage) => usage[system])).toEqual([expected]);
});

it('names root keys like others', () => {
  expect(messageFor({ keys: [{ keyId: AUDIO, policy: { use: 'root' } }] })).toMatchObject({
    message: { content_keys_source: { inline: [{ id: GUIDS.AUDIO }] } },
  });
});

it('has no Clear Key', async () => {
  const { upstream } = await setup();

  expect(upstream.systems).toEqual(['widevine', 'playready', 'fairplay']);
  expect(await problemOf(upstream.send(createRequest({ system: 'clearkey' })))).toMatchObject({
    code: 'key-system-unsupported',
  });
});

function messageFor(grant: Parameters<typeof createGrant>[0]) {
  return axinomMessage(createGrant(grant), { communicationKeyId: COM_KEY_ID, id: 'an-id', now: NOW });
}

async function setup(communicationKey = COM_KEY) {
  const peer = await startMockAxinomServer(
    { communicationKeyId: COM_KEY_ID, communicationKey: COM_KEY },
    () => NOW,
  );
  const upstream = createUpstream(
    {
      kind: 'axinom',
      url: peer.url,
      communicationKeyId: COM_KEY_ID,
      communicationKey: Buffer.from(communicationKey).toString('base64'),
    },
    { clock: () => NOW },
  );
  return { peer, upstream };
}

async function ask(
  upstream: ReturnType<typeof createUpstream>,
  grant: Parameters<typeof createRequest>[0] = {},
) {
  const { body } = await upstream.send(createRequest(grant));
  return JSON.parse(new TextDecoder().decode(body)) as unknown;
}
