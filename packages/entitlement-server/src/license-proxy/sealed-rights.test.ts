import { deriveContentKey, toHex, type KeyId, type SealedLicense } from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import { demoAccounts } from '../accounts/demo-accounts.js';
import { FILM_KEYS, KEY_SEED, TRAILER_KEYS, UNKNOWN_KEY, setup } from '../testing/setup.js';
import { SYSTEMS, createDevice, licenseOf, requestFor } from '../testing/virtual-device.js';

type Group = keyof typeof FILM_KEYS;
type Viewer = 'premium' | 'basic' | 'expired' | 'signed-out';

interface Row {
  readonly viewer: Viewer;
  readonly title: 'film' | 'trailer';
  readonly ask: readonly Group[];
  readonly answer: readonly Group[] | string;
}

const ALL: readonly Group[] = ['AUDIO', 'SD', 'HD'];
const ROWS: readonly Row[] = [
  { viewer: 'premium', title: 'film', ask: ALL, answer: ALL },
  { viewer: 'premium', title: 'film', ask: ['HD'], answer: ['HD'] },
  { viewer: 'basic', title: 'film', ask: ALL, answer: ['AUDIO', 'SD'] },
  { viewer: 'basic', title: 'film', ask: ['HD'], answer: 'plan-insufficient' },
  { viewer: 'expired', title: 'film', ask: ALL, answer: 'subscription-expired' },
  { viewer: 'signed-out', title: 'film', ask: ALL, answer: 'authentication-required' },
  { viewer: 'expired', title: 'trailer', ask: ALL, answer: ALL },
  { viewer: 'signed-out', title: 'trailer', ask: ALL, answer: ALL },
];
const EACH = SYSTEMS.flatMap((system) => ROWS.map((row) => ({ system, ...row })));

describe('a license of the virtual CDM holds the keys that the account may have and no other', () => {
  test.each(EACH)('$viewer asks $system for $ask of the $title by token', async (row) => {
    const server = setup({ virtualKeySystems: true });
    const device = await createDevice({ system: row.system, server });
    const token = row.viewer === 'signed-out' ? null : await server.signIn(row.viewer);
    const keyIds = row.ask.map((group) => keysOf(row.title)[group]);

    expect(await groupsIn(await device.ask(requestFor(keyIds), { token }), row.title)).toEqual(row.answer);
  });

  test.each(SYSTEMS)('%s by playback session alone, and within its title', async (system) => {
    const server = setup({ virtualKeySystems: true });
    const device = await createDevice({ system, server });
    const { id } = await server.open(await server.signIn('basic'));
    const query = `?session=${id}`;

    const film = requestFor(Object.values(FILM_KEYS));
    expect(await groupsIn(await device.ask(film, { query }), 'film')).toEqual(['AUDIO', 'SD']);
    expect(await device.ask(requestFor([TRAILER_KEYS.SD]), { query })).toBe('invalid-request');
    expect(await device.ask(film, { query: `?session=${'A'.repeat(43)}` })).toBe('playback-session-unknown');
  });

  test.each([
    ['a key nobody has', [UNKNOWN_KEY], 'content-not-found'],
    ['a key nobody has among others', [TRAILER_KEYS.SD, UNKNOWN_KEY], 'content-not-found'],
    ['keys of two titles', [TRAILER_KEYS.SD, FILM_KEYS.SD], 'invalid-request'],
  ] as const)('nobody gets %s', async (_case, keyIds, code) => {
    const device = await createDevice({ system: 'widevine', server: setup({ virtualKeySystems: true }) });
    expect(await device.ask(requestFor(keyIds))).toBe(code);
  });

  test.each([
    ['the id of a title', 'trailer', ALL],
    ['the id of a key', TRAILER_KEYS.HD, ['HD']],
    ['nothing', 'nothing', 'content-not-found'],
    ['a key nobody has', UNKNOWN_KEY, 'content-not-found'],
  ] as const)('a request without key ids goes by its content id: %s', async (_case, contentId, answer) => {
    const device = await createDevice({ system: 'fairplay', server: setup({ virtualKeySystems: true }) });
    expect(await groupsIn(await device.ask(requestFor([], { contentId })), 'trailer')).toEqual(answer);
  });

  test('a key that is asked for twice is given once', async () => {
    const device = await createDevice({ system: 'widevine', server: setup({ virtualKeySystems: true }) });
    const license = await device.ask(requestFor([TRAILER_KEYS.SD, TRAILER_KEYS.SD]));
    expect(await groupsIn(license, 'trailer')).toEqual(['SD']);
  });

  test('a request that names neither keys nor a title is a problem', async () => {
    const device = await createDevice({ system: 'widevine', server: setup({ virtualKeySystems: true }) });
    expect(await device.ask(requestFor([]))).toBe('content-not-found');
  });
});

describe('a renewal', () => {
  test.each(SYSTEMS)('of %s extends the same license, and only while rights hold', async (system) => {
    const endsAt = setup().now() + 3_600_000;
    const server = setup({
      virtualKeySystems: true,
      accounts: demoAccounts().map((account) => ({ ...account, subscriptionEndsAt: endsAt })),
    });
    const device = await createDevice({ system, server });
    const token = await server.signIn('premium');
    const first = licenseOf(await device.ask(requestFor([FILM_KEYS.SD]), { token }));
    const renewal = () => requestFor([FILM_KEYS.SD], { type: 'license-renewal', licenseId: first.licenseId });

    server.advance(3599);
    const renewed = licenseOf(await device.ask(renewal(), { token }));
    expect(renewed.licenseId).toBe(first.licenseId);
    expect(renewed.issuedAt).toBe(first.issuedAt + 3_599_000);
    expect(await groupsIn(renewed, 'film')).toEqual(['SD']);

    server.advance(1);
    expect(await device.ask(renewal(), { token })).toBe('subscription-expired');
  });

  test('brings the keys of the plan as it is now', async () => {
    const server = setup({ virtualKeySystems: true });
    const device = await createDevice({ system: 'widevine', server });
    const keyIds = Object.values(FILM_KEYS);
    const { licenseId } = licenseOf(
      await device.ask(requestFor(keyIds), { token: await server.signIn('premium') }),
    );
    const renewal = requestFor(keyIds, { type: 'license-renewal', licenseId });

    const renewed = await device.ask(renewal, { token: await server.signIn('basic') });
    expect(await groupsIn(renewed, 'film')).toEqual(['AUDIO', 'SD']);
  });

  test('names the license that it renews', async () => {
    const device = await createDevice({ system: 'widevine', server: setup({ virtualKeySystems: true }) });
    expect(await device.ask(requestFor([TRAILER_KEYS.SD], { type: 'license-renewal' }))).toBe(
      'invalid-request',
    );
  });

  test('is not what names a license in a request for a new one', async () => {
    const server = setup({ virtualKeySystems: true });
    for (const system of SYSTEMS) {
      const device = await createDevice({ system, server });
      expect(await device.ask(requestFor([TRAILER_KEYS.SD], { licenseId: 'license-1' }))).toBe(
        'invalid-request',
      );
    }
  });

  test('is told from a new license, which has an id of its own', async () => {
    const server = setup({ virtualKeySystems: true });
    const device = await createDevice({ system: 'widevine', server });
    const ids = new Set<string>();
    for (let i = 0; i < 3; i += 1) {
      ids.add(licenseOf(await device.ask(requestFor([TRAILER_KEYS.SD]))).licenseId);
    }
    expect([...ids]).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/^[\da-f]{32}$/)));
  });
});

/** Which keys a license holds, by comparing their values with the derived ones; a refusal as it is. */
async function groupsIn(
  answer: SealedLicense | string | number,
  title: Row['title'],
): Promise<readonly string[] | string | number> {
  if (typeof answer !== 'object') return answer;

  const keyIds = keysOf(title);
  const groups = await Promise.all(
    answer.keys.map(async ({ keyId, key }) => {
      const group = ALL.find((candidate) => keyIds[candidate] === keyId);
      return toHex(key) === toHex(await deriveContentKey(KEY_SEED, keyId)) ? group : 'another key';
    }),
  );
  return groups.map((group) => group ?? 'a key of another title');
}

function keysOf(title: Row['title']): Readonly<Record<Group, KeyId>> {
  return title === 'film' ? FILM_KEYS : TRAILER_KEYS;
}
