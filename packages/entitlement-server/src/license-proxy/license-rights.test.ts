import { deriveContentKey, readClearKeyLicense, toHex, type KeyId } from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import { demoAccounts } from '../accounts/demo-accounts.js';
import {
  FILM_KEYS,
  KEY_SEED,
  TRAILER_KEYS,
  bearer,
  codeOf,
  licenseBody,
  setup,
  type TestServer,
} from '../testing/setup.js';

type Viewer = 'premium' | 'basic' | 'expired' | 'signed-out';
type Group = keyof typeof FILM_KEYS;

interface Row {
  readonly viewer: Viewer;
  readonly title: 'film' | 'trailer';
  readonly ask: readonly Group[];
  readonly answer: readonly Group[] | string;
}

const ALL: readonly Group[] = ['AUDIO', 'SD', 'HD'];
const VIEWERS: readonly Viewer[] = ['premium', 'basic', 'expired', 'signed-out'];

const FILM_ROWS: readonly Row[] = [
  { viewer: 'premium', title: 'film', ask: ALL, answer: ALL },
  { viewer: 'premium', title: 'film', ask: ['HD'], answer: ['HD'] },
  { viewer: 'premium', title: 'film', ask: ['SD'], answer: ['SD'] },
  { viewer: 'premium', title: 'film', ask: ['AUDIO'], answer: ['AUDIO'] },
  { viewer: 'basic', title: 'film', ask: ALL, answer: ['AUDIO', 'SD'] },
  { viewer: 'basic', title: 'film', ask: ['HD', 'SD'], answer: ['SD'] },
  { viewer: 'basic', title: 'film', ask: ['SD'], answer: ['SD'] },
  { viewer: 'basic', title: 'film', ask: ['AUDIO'], answer: ['AUDIO'] },
  { viewer: 'basic', title: 'film', ask: ['HD'], answer: 'plan-insufficient' },
  ...[ALL, ['HD'], ['SD'], ['AUDIO']].flatMap((groups): Row[] => [
    { viewer: 'expired', title: 'film', ask: groups as Group[], answer: 'subscription-expired' },
    { viewer: 'signed-out', title: 'film', ask: groups as Group[], answer: 'authentication-required' },
  ]),
];

const TRAILER_ROWS: readonly Row[] = VIEWERS.flatMap((viewer) =>
  [ALL, ['HD'], ['SD'], ['AUDIO']].map((groups): Row => ({
    viewer,
    title: 'trailer',
    ask: groups as Group[],
    answer: groups as Group[],
  })),
);

describe('a license holds the keys that the account may have and no other', () => {
  test.each([...FILM_ROWS, ...TRAILER_ROWS])('$viewer asks for $ask of the $title by token', async (row) => {
    const server = setup();
    const token = row.viewer === 'signed-out' ? null : await server.signIn(row.viewer);
    expect(await answerOf(await ask(server, row, '', token), row.title)).toEqual(row.answer);
  });

  const withSession = [...FILM_ROWS, ...TRAILER_ROWS].filter(
    ({ viewer, title }) => title === 'trailer' || viewer === 'premium' || viewer === 'basic',
  );
  test.each(withSession)('$viewer asks for $ask of the $title by playback session alone', async (row) => {
    const server = setup();
    const token = row.viewer === 'signed-out' ? null : await server.signIn(row.viewer);
    const { id } = await server.open(token, { contentId: row.title, intent: 'play' });
    expect(await answerOf(await ask(server, row, `?session=${id}`, null), row.title)).toEqual(row.answer);
  });
});

test('every license and every refusal is kept out of caches', async () => {
  const server = setup();
  const token = await server.signIn('premium');
  const license = await ask(server, { title: 'film', ask: ALL }, '', token);
  const refusal = await ask(server, { title: 'film', ask: ALL }, '', null);

  expect(license.headers.get('cache-control')).toBe('no-store');
  expect(refusal.headers.get('cache-control')).toBe('no-store');
});

test('rights are those of the moment: a subscription that ends during playback ends its licenses', async () => {
  const endsAt = setup().now() + 3_600_000;
  const server = setup({
    accounts: demoAccounts().map((account) => ({ ...account, subscriptionEndsAt: endsAt })),
  });
  const { id } = await server.open(await server.signIn('premium'));

  server.advance(3599);
  expect((await ask(server, { title: 'film', ask: ALL }, `?session=${id}`, null)).status).toBe(200);
  server.advance(1);
  expect(await codeOf(await ask(server, { title: 'film', ask: ALL }, `?session=${id}`, null))).toBe(
    'subscription-expired',
  );
  expect(await codeOf(await server.app.request(`/v1/playback-sessions/${id}`, { method: 'PUT' }))).toBe(
    'subscription-expired',
  );
});

async function ask(
  server: TestServer,
  { title, ask: groups }: Pick<Row, 'title' | 'ask'>,
  query: string,
  token: string | null,
): Promise<Response> {
  const keyIds = groups.map((group) => keysOf(title)[group]);
  return server.post(`/license/clearkey${query}`, licenseBody(keyIds), { headers: bearer(token) });
}

/** The problem code, or the groups whose right keys the license holds, in the order of {@link ALL}. */
async function answerOf(response: Response, title: Row['title']): Promise<string | number | string[]> {
  if (response.status !== 200) return codeOf(response);

  const { keys, type } = readClearKeyLicense(new Uint8Array(await response.arrayBuffer()));
  if (type !== 'temporary') return 'not a temporary license';
  const derived = await Promise.all(
    ALL.map(async (group) => [group, toHex(await deriveContentKey(KEY_SEED, keysOf(title)[group]))] as const),
  );
  const held = derived.filter(([group, key]) =>
    keys.some((jwk) => jwk.keyId === keysOf(title)[group] && toHex(jwk.key) === key),
  );
  return held.length === keys.length ? held.map(([group]) => group) : 'a key that is not of this title';
}

function keysOf(title: Row['title']): Readonly<Record<Group, KeyId>> {
  return title === 'film' ? FILM_KEYS : TRAILER_KEYS;
}
