import type { webcrypto } from 'node:crypto';

import {
  ENVELOPES,
  createUncertifiedIdentity,
  sealProvisioningRequest,
  type SealedSystem,
} from '@secure-player/protocol';
import { expect, test } from 'vitest';

import { FILM_KEYS, KEY_SEED, TRAILER_KEYS, setup } from '../testing/setup.js';
import { keySpellings, spellings, type Needle } from '../testing/secret-spellings.js';
import { SYSTEMS, createDevice, postMessage, requestFor } from '../testing/virtual-device.js';

/** All that a server sends for one system, requests of every type, and what is secret meanwhile. */
async function exchangeAll(system: SealedSystem): Promise<{ answers: Buffer[]; secrets: Needle[] }> {
  const deviceAuthority: webcrypto.CryptoKeyPair = await crypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['sign', 'verify'],
  );
  const server = setup({ virtualKeySystems: true, deviceAuthority });
  const trusted = { authority: deviceAuthority, root: deviceAuthority.publicKey };
  const device = await createDevice({ system, server, ...trusted });
  const token = await server.signIn('premium');
  const answers: Buffer[] = [];
  const note = async (answer: Response): Promise<void> => {
    expect(answer.status).toBe(200);
    answers.push(Buffer.from(await answer.arrayBuffer()));
  };

  for (const keyIds of [Object.values(FILM_KEYS), Object.values(TRAILER_KEYS)]) {
    for (const type of ['license-request', 'license-renewal', 'license-release'] as const) {
      const change = { type, ...(type !== 'license-request' && { licenseId: 'license-1' }) };
      await note(await device.post(await device.seal(requestFor(keyIds, change)), { token }));
    }
  }
  const nonce = crypto.getRandomValues(new Uint8Array(16));
  const blank = await sealProvisioningRequest(await createUncertifiedIdentity(), {
    nonce,
    securityLevel: 'software',
  });
  const details = { keyIds: [], nonce, requestTime: 0 };
  await note(await postMessage(server, system, ENVELOPES[system].writeRequest(blank, details)));
  if (system !== 'playready') await note(await server.get(`/certificate/${system}`));

  return { answers, secrets: await secretsOf(deviceAuthority) };
}

test.each(SYSTEMS)('no content key and no private key is in anything that %s answers', async (system) => {
  const { answers, secrets } = await exchangeAll(system);
  const haystack = Buffer.concat(answers.flatMap(layersOf));

  expect(answers.length).toBeGreaterThanOrEqual(7);
  const found = secrets.filter(([, needle]) => haystack.includes(needle)).map(([name]) => name);
  expect(found).toEqual([]);
});

test('the search finds what lies in base64, in base64 within text, and in two layers of it', async () => {
  const [secret] = await keySpellings(FILM_KEYS.SD);
  const raw = (await keySpellings(FILM_KEYS.SD)).find(([name]) => name.endsWith('raw bytes'))?.[1];
  const key = raw ?? Buffer.alloc(0);
  const once = Buffer.concat([Buffer.from('abc'), key, Buffer.from('def')]).toString('base64');
  const twice = Buffer.from(`<inner>${once}</inner>`).toString('base64');

  for (const text of [key, `{"ckc":"${once}"}`, `<a>${twice}</a>`, secret?.[1] ?? '']) {
    const haystack = Buffer.concat(layersOf(Buffer.from(text)));
    const needles = await keySpellings(FILM_KEYS.SD);
    expect(needles.some(([, needle]) => haystack.includes(needle))).toBe(true);
  }
});

async function secretsOf(authority: webcrypto.CryptoKeyPair): Promise<Needle[]> {
  const keyIds = [...Object.values(FILM_KEYS), ...Object.values(TRAILER_KEYS)];
  const { d = '' } = await crypto.subtle.exportKey('jwk', authority.privateKey);
  const named = (name: string, bytes: Uint8Array): Needle[] =>
    spellings(bytes).map(([spelling, needle]): Needle => [`${name}, ${spelling}`, needle]);

  return [
    ...(await Promise.all(keyIds.map(async (keyId) => keySpellings(keyId)))).flat(),
    ...named('key seed', KEY_SEED),
    ...named("the authority's private key", Buffer.from(d, 'base64url')),
  ];
}

/** The bytes, as text of one and of two bytes a letter, and whatever is base64 in them. */
function layersOf(bytes: Buffer, depth = 0): Buffer[] {
  const texts = [bytes.toString('latin1'), bytes.toString('utf16le')];
  const inner = texts.flatMap((text) => text.match(/[\w+/-]{16,}={0,2}/g) ?? []);
  const deeper = depth === 3 ? [] : inner.flatMap((text) => layersOf(Buffer.from(text, 'base64'), depth + 1));
  return [bytes, ...texts.map((text) => Buffer.from(text)), ...deeper];
}
