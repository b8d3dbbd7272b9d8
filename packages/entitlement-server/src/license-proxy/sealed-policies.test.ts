import type { LicensePolicy, SealedSystem, SecurityLevel } from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import type { Title, TitleKeyPolicy } from '../catalog/title.js';
import { FILM, FILM_KEYS, setup } from '../testing/setup.js';
import { SYSTEMS, createDevice, licenseOf, requestFor } from '../testing/virtual-device.js';

type Group = keyof typeof FILM_KEYS;

describe('a key that wants a hardware device', () => {
  const HARDWARE: TitleKeyPolicy = { minSecurityLevel: 'hardware' };
  const each = SYSTEMS.flatMap((system): [SealedSystem, SecurityLevel, readonly Group[]][] => [
    [system, 'software', ['AUDIO', 'SD']],
    [system, 'hardware', ['AUDIO', 'SD', 'HD']],
  ]);

  test.each(each)(
    'is left out by %s for a %s device as it should be',
    async (system, securityLevel, groups) => {
      const server = setup({ virtualKeySystems: true, titles: [filmWith({}, { HD: HARDWARE })] });
      const device = await createDevice({ system, server, securityLevel });
      const token = await server.signIn('premium');
      const license = await device.ask(requestFor(Object.values(FILM_KEYS)), { token });
      expect(licenseOf(license).keys.map(({ keyId }) => keyId)).toEqual(
        groups.map((group) => FILM_KEYS[group]),
      );
    },
  );

  test.each(SYSTEMS)('alone is refused by %s with the reason', async (system) => {
    const server = setup({ virtualKeySystems: true, titles: [filmWith({}, { HD: HARDWARE })] });
    const device = await createDevice({ system, server, securityLevel: 'software' });
    const request = requestFor([FILM_KEYS.HD]);

    expect(await device.ask(request, { token: await server.signIn('premium') })).toBe(
      'security-level-insufficient',
    );
    // What the plan leaves out is not a matter of the device.
    expect(await device.ask(request, { token: await server.signIn('basic') })).toBe('plan-insufficient');
  });
});

describe('a policy', () => {
  const POLICY: LicensePolicy = {
    notBefore: 1,
    notAfter: Date.UTC(2030, 0, 1),
    licenseDurationSeconds: 60,
    rentalDurationSeconds: 0,
    playbackDurationSeconds: 7200,
    renewal: { delaySeconds: 30, retrySeconds: 5, graceSeconds: 2 },
    canPersist: true,
  };

  test.each(SYSTEMS)('passes through %s, for the license and for each key', async (system) => {
    const HD: TitleKeyPolicy = { minHdcp: '2.2', minSecurityLevel: 'software' };
    const server = setup({ virtualKeySystems: true, titles: [filmWith(POLICY, { HD })] });
    const device = await createDevice({ system, server });
    const token = await server.signIn('premium');
    const { keys, policy } = licenseOf(await device.ask(requestFor([FILM_KEYS.SD, FILM_KEYS.HD]), { token }));

    expect(policy).toEqual(POLICY);
    expect(keys.map((key) => [key.keyId, key.policy])).toEqual([
      [FILM_KEYS.SD, {}],
      [FILM_KEYS.HD, HD],
    ]);
  });

  test.each(SYSTEMS)('of a title says whether %s licenses may be stored', async (system) => {
    const titles = [filmWith({ canPersist: true }), { ...FILM, id: 'other', keys: [OTHER_KEY] }];
    const server = setup({ virtualKeySystems: true, titles });
    const device = await createDevice({ system, server });
    const token = await server.signIn('premium');
    const stored = { sessionType: 'persistent-license' } as const;

    const license = licenseOf(await device.ask(requestFor([FILM_KEYS.SD], stored), { token }));
    expect(license.policy.canPersist).toBe(true);
    expect(await device.ask(requestFor([OTHER_KEY.keyId], stored), { token })).toBe('invalid-request');
    expect(await device.ask(requestFor([FILM_KEYS.SD], stored))).toBe('authentication-required');
  });

  test('is not asked about a session that keeps only a record of its use', async () => {
    const server = setup({ virtualKeySystems: true });
    const device = await createDevice({ system: 'widevine', server });
    const request = requestFor([FILM_KEYS.SD], { sessionType: 'persistent-usage-record' });
    expect(licenseOf(await device.ask(request, { token: await server.signIn('basic') })).keys).toHaveLength(
      1,
    );
  });

  test('is that of the moment', async () => {
    let policy: LicensePolicy = { licenseDurationSeconds: 60 };
    const film: Title = {
      ...FILM,
      get policy() {
        return policy;
      },
    };
    const server = setup({ virtualKeySystems: true, titles: [film] });
    const device = await createDevice({ system: 'widevine', server });
    const token = await server.signIn('premium');
    const request = () => requestFor([FILM_KEYS.SD]);

    expect(licenseOf(await device.ask(request(), { token })).policy).toEqual({ licenseDurationSeconds: 60 });
    policy = { licenseDurationSeconds: 5 };
    expect(licenseOf(await device.ask(request(), { token })).policy).toEqual({ licenseDurationSeconds: 5 });
  });
});

describe('a root key', () => {
  const ROOT = { keyId: 'a0000000000000000000000000000009', use: 'root' } as const;
  const ROTATING: Title = { ...FILM, keys: [...FILM.keys, ROOT] };
  const titles = [ROTATING];

  test.each(['premium', 'basic'])('belongs to %s, and says what it is for', async (viewer) => {
    const server = setup({ virtualKeySystems: true, titles });
    const device = await createDevice({ system: 'widevine', server });
    const license = await device.ask(requestFor([ROOT.keyId]), { token: await server.signIn(viewer) });
    expect(licenseOf(license).keys.map(({ keyId, policy }) => [keyId, policy])).toEqual([
      [ROOT.keyId, { use: 'root' }],
    ]);
  });

  test.each([
    ['has no subscription', ROTATING, 'expired', 'subscription-expired'],
    ['may have no other key', { ...FILM, keys: [hdKey(), ROOT] }, 'basic', 'plan-insufficient'],
  ])('does not belong to somebody who %s', async (_case, title, viewer, code) => {
    const server = setup({ virtualKeySystems: true, titles: [title] });
    const device = await createDevice({ system: 'widevine', server });
    const license = await device.ask(requestFor([ROOT.keyId]), { token: await server.signIn(viewer) });
    expect(license).toBe(code);
  });

  test('may be the only key of a title', async () => {
    const server = setup({ virtualKeySystems: true, titles: [{ ...FILM, keys: [ROOT] }] });
    const device = await createDevice({ system: 'widevine', server });
    const license = await device.ask(requestFor([ROOT.keyId]), { token: await server.signIn('basic') });
    expect(licenseOf(license).keys).toHaveLength(1);
  });

  test('sets no bound to the picture', async () => {
    const server = setup({ titles });
    const { source } = await server.open(await server.signIn('basic'));
    expect(source.caps).toEqual({ maxHeight: 360 });
    expect((await server.open(await server.signIn('premium'))).source).not.toHaveProperty('caps');
  });
});

const OTHER_KEY = { keyId: 'c0000000000000000000000000000002', group: 'SD' } as const;

function hdKey() {
  return { keyId: FILM_KEYS.HD, group: 'HD' } as const;
}

function filmWith(policy: LicensePolicy, keyPolicies: Partial<Record<Group, TitleKeyPolicy>> = {}): Title {
  return {
    ...FILM,
    policy,
    keys: FILM.keys.map((key) => ({ ...key, policy: keyPolicies[key.group as Group] })),
  };
}
