import {
  readClearKeyLicenseWithPolicy,
  type LicensePolicy,
  type SealedSystem,
} from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import { demoAccounts } from '../accounts/demo-accounts.js';
import type { SystemName } from '../catalog/system-name.js';
import type { Title } from '../catalog/title.js';
import {
  FILM,
  FILM_KEYS,
  TRAILER_KEYS,
  bearer,
  codeOf,
  licenseBody,
  setup,
  type TestServer,
} from '../testing/setup.js';
import { SYSTEMS, createDevice, requestFor } from '../testing/virtual-device.js';

type Key = { readonly keyId: string; readonly policy?: object | undefined };
type License = { readonly keys: readonly Key[]; readonly policy?: LicensePolicy | undefined };

const NOW = Date.UTC(2026, 0, 1);
const NAMES: readonly SystemName[] = ['clearkey', ...SYSTEMS];
const ROOT = { keyId: 'a0000000000000000000000000000009', use: 'root' } as const;
const HARDWARE = { minSecurityLevel: 'hardware' } as const;

describe.each(NAMES)('a license of %s', (system) => {
  test.each<[string, LicensePolicy, string | undefined]>([
    ['not before its title may be watched', { notBefore: NOW + 1 }, 'content-not-found'],
    ['from the moment on', { notBefore: NOW }, undefined],
    ['not at the end', { notAfter: NOW }, 'content-not-found'],
    ['until the end', { notAfter: NOW + 1 }, undefined],
  ])('is issued %s', async (_case, policy, code) => {
    const server = start({ ...FILM, policy });
    const answer = await ask(server, system, [FILM_KEYS.SD]);
    expect(typeof answer === 'object' ? undefined : answer).toBe(code);
  });

  test.each([
    ['the subscription', null, NOW + 60_000, NOW + 60_000],
    ['the title, when that is first', NOW + 30_000, NOW + 60_000, NOW + 30_000],
    ['the title alone, for a subscription without end', NOW + 30_000, null, NOW + 30_000],
    ['neither, when neither ends', null, null, undefined],
  ])('ends with %s', async (_case, notAfter, subscriptionEndsAt, expected) => {
    const policy = { licenseDurationSeconds: 60, ...(notAfter !== null && { notAfter }) };
    const accounts = demoAccounts().map((account) => ({ ...account, subscriptionEndsAt }));
    const server = setup({ virtualKeySystems: true, titles: [{ ...FILM, policy }], accounts });
    expect(licenseOf(await ask(server, system, [FILM_KEYS.SD])).policy?.notAfter).toBe(expected);
  });

  test('of a free title does not end with a subscription', async () => {
    const accounts = demoAccounts().map((account) => ({ ...account, subscriptionEndsAt: NOW + 60_000 }));
    const server = setup({ virtualKeySystems: true, accounts });
    const license = licenseOf(await ask(server, system, [TRAILER_KEYS.SD]));
    expect(license.policy?.notAfter).toBeUndefined();
  });

  test('is none where the title leaves the system out, and is no matter to the others', async () => {
    for (const other of NAMES) {
      const server = start({ ...FILM, keySystems: [other] });
      const answer = await ask(server, system, [FILM_KEYS.SD]);
      expect(typeof answer === 'object' ? 'a license' : answer).toBe(
        other === system ? 'a license' : 'key-system-unsupported',
      );
    }
  });

  test('holds no root key where the device may have none of the content keys', async () => {
    const film: Title = { ...FILM, keys: [...FILM.keys.map((key) => ({ ...key, policy: HARDWARE })), ROOT] };
    for (const keyIds of [[FILM_KEYS.HD, ROOT.keyId], [ROOT.keyId]]) {
      expect(await ask(start(film), system, keyIds)).toBe('security-level-insufficient');
    }
  });
});

describe('a root key', () => {
  const keyIds = [...Object.values(FILM_KEYS), ROOT.keyId];

  test.each<[SystemName, boolean | undefined, boolean]>([
    ['clearkey', undefined, false],
    ['clearkey', false, false],
    ['clearkey', true, true],
    ['widevine', undefined, true],
  ])('in a %s license, where the title says inClear: %s', async (system, inClear, isThere) => {
    const server = start({ ...FILM, keys: [...FILM.keys, { ...ROOT, inClear }] });
    const { keys } = licenseOf(await ask(server, system, keyIds));
    expect(keys.map(({ keyId }) => keyId)).toEqual(isThere ? keyIds : Object.values(FILM_KEYS));

    const alone = await ask(server, system, [ROOT.keyId]);
    expect(typeof alone === 'object' ? 'a license' : alone).toBe(
      isThere ? 'a license' : 'security-level-insufficient',
    );
  });
});

function start(film: Title): TestServer {
  return setup({ virtualKeySystems: true, titles: [film] });
}

/** The license that premium gets on a software device, or the code of the problem. */
async function ask(
  server: TestServer,
  system: SystemName,
  keyIds: readonly string[],
): Promise<License | string | number> {
  const token = await server.signIn('premium');
  if (system !== 'clearkey') return askSealed(server, system, keyIds, token);

  const answer = await server.post('/license/clearkey', licenseBody(keyIds), { headers: bearer(token) });
  if (answer.status !== 200) return codeOf(answer);
  return readClearKeyLicenseWithPolicy(new Uint8Array(await answer.arrayBuffer()));
}

async function askSealed(
  server: TestServer,
  system: SealedSystem,
  keyIds: readonly string[],
  token: string,
): Promise<License | string | number> {
  const device = await createDevice({ system, server });
  return device.ask(requestFor(keyIds), { token });
}

function licenseOf(answer: License | string | number): License {
  if (typeof answer !== 'object') throw new Error(`No license: ${answer}`);
  return answer;
}
