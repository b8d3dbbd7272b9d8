import {
  readClearKeyLicenseWithPolicy,
  toBase64Url,
  fromHex,
  type LicensePolicy,
} from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import type { Title, TitleKeyPolicy } from '../catalog/title.js';
import { FILM, FILM_KEYS, TRAILER_KEYS, bearer, codeOf, licenseBody, setup } from '../testing/setup.js';

const HD: TitleKeyPolicy = { minHdcp: '2.2' };
const POLICY: LicensePolicy = { licenseDurationSeconds: 60, canPersist: true };

describe('a Clear Key license', () => {
  test('carries the policies where CDMs that do not know them see nothing', async () => {
    const answer = await ask(filmWith(POLICY, HD), licenseBody([FILM_KEYS.SD, FILM_KEYS.HD]));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const { keys, policy } = readClearKeyLicenseWithPolicy(bytes);

    expect(policy).toEqual(POLICY);
    expect(keys.map((key) => [key.keyId, key.policy ?? {}])).toEqual([
      [FILM_KEYS.SD, {}],
      [FILM_KEYS.HD, HD],
    ]);
  });

  test('of a title without policies has the members that EME defines and no other', async () => {
    const answer = await setup().post('/license/clearkey', licenseBody([TRAILER_KEYS.SD]));
    const license = (await answer.json()) as { keys: object[] };
    expect(Object.keys(license).sort()).toEqual(['keys', 'type']);
    expect(Object.keys(license.keys[0] ?? {}).sort()).toEqual(['k', 'kid', 'kty']);
  });

  test('may be stored where the title allows it', async () => {
    const body = licenseBody([FILM_KEYS.SD], 'persistent-license');
    expect(await (await ask(filmWith(POLICY), body)).json()).toMatchObject({ type: 'persistent-license' });
    expect(await codeOf(await ask(filmWith({ canPersist: false }), body))).toBe('invalid-request');
  });

  test('has no key that wants a hardware device', async () => {
    const film = filmWith({}, { minSecurityLevel: 'hardware' });
    const answer = await ask(film, licenseBody(Object.values(FILM_KEYS)));
    const { keys } = readClearKeyLicenseWithPolicy(new Uint8Array(await answer.arrayBuffer()));
    expect(keys.map(({ keyId }) => keyId)).toEqual([FILM_KEYS.AUDIO, FILM_KEYS.SD]);
    expect(await codeOf(await ask(film, licenseBody([FILM_KEYS.HD])))).toBe('security-level-insufficient');
  });
});

describe('a Clear Key release', () => {
  const kids = [toBase64Url(fromHex(FILM_KEYS.SD))];

  test('is acknowledged without keys, whoever sends it', async () => {
    const answer = await setup().post('/license/clearkey', { kids });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ kids });
  });

  test.each([['no list'], [[]], [['short']]])('of %j is a problem', async (broken) => {
    expect(await codeOf(await setup().post('/license/clearkey', { kids: broken }))).toBe('invalid-request');
  });
});

async function ask(film: Title, body: string): Promise<Response> {
  const server = setup({ titles: [film] });
  const headers = bearer(await server.signIn('premium'));
  return server.post('/license/clearkey', body, { headers });
}

function filmWith(policy: LicensePolicy, hd: TitleKeyPolicy = {}): Title {
  const keys = FILM.keys.map((key) => (key.group === 'HD' ? { ...key, policy: hd } : key));
  return { ...FILM, policy, keys };
}
