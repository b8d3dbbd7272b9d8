import { expect, test } from 'vitest';

import { hashPassword } from './password.js';
import { invalidConfiguration, isEntitlementServerError } from '../entitlement-server-error.js';
import { KEY_SEED, bearer, setup } from '../testing/setup.js';

test.each([
  ['keySeed', { keySeed: KEY_SEED.subarray(0, 29) }],
  ['mediaRoot', { mediaRoot: '' }],
  ['mediaUrl', { mediaUrl: 'https://cdn.example/films' }],
  ['allowedOrigins[0]', { allowedOrigins: ['*'] }],
  ['allowedOrigins[1]', { allowedOrigins: ['https://a.example', 'https://b.example/'] }],
  ['sessionTtlSeconds', { sessionTtlSeconds: 0 }],
  ['playbackSessionTtlSeconds', { playbackSessionTtlSeconds: Number.NaN }],
  ['anonymousSessionLimit', { anonymousSessionLimit: 0 }],
  ['heartbeatSeconds', { heartbeatSeconds: -1 }],
] as const)('an option that cannot work is refused at once: %s', (field, options) => {
  expect(() => setup(options)).toThrow(expect.objectContaining({ name: 'EntitlementServerError', field }));
});

test('an account that cannot sign in, or takes the place of another, is refused at once', async () => {
  const account = {
    id: 'a',
    username: 'ann',
    name: 'Ann',
    plan: 'basic',
    subscriptionEndsAt: null,
    passwordHash: await hashPassword('secret', { cost: { N: 16, r: 1, p: 1 } }),
  } as const;

  expect(() => setup({ accounts: [{ ...account, passwordHash: 'secret' }] })).toThrow(
    expect.objectContaining({
      field: 'accounts[0].passwordHash',
      message: expect.not.stringContaining('secret'),
    }),
  );
  expect(() => setup({ accounts: [account, { ...account, username: 'bob' }] })).toThrow(
    expect.objectContaining({ field: 'accounts[1].id' }),
  );
  expect(() => setup({ accounts: [account, { ...account, id: 'b' }] })).toThrow(
    expect.objectContaining({ field: 'accounts[1].username' }),
  );
  expect(() => setup({ accounts: [{ ...account, subscriptionEndsAt: Number.NaN }] })).toThrow(
    expect.objectContaining({ field: 'accounts[0].subscriptionEndsAt' }),
  );
  expect(() => setup({ accounts: [{ ...account, id: '' }] })).toThrow(
    expect.objectContaining({ field: 'accounts[0]' }),
  );
});

test('the error is recognized by its guard', () => {
  expect(isEntitlementServerError(invalidConfiguration('mediaRoot', 'must name a folder'))).toBe(true);
  expect(isEntitlementServerError(new Error('mediaRoot: must name a folder'))).toBe(false);
});

test('an authority that cannot sign certificates is refused at once', async () => {
  const P256 = { namedCurve: 'P-256' };
  const signing = await crypto.subtle.generateKey({ name: 'ECDSA', ...P256 }, false, ['sign', 'verify']);
  const agreement = await crypto.subtle.generateKey({ name: 'ECDH', ...P256 }, false, ['deriveBits']);

  const { publicKey } = signing;
  for (const deviceAuthority of [{ publicKey, privateKey: publicKey }, agreement]) {
    expect(() => setup({ virtualKeySystems: true, deviceAuthority })).toThrow(
      expect.objectContaining({ name: 'EntitlementServerError', field: 'deviceAuthority' }),
    );
  }
});

test('injected randomness makes the tokens', async () => {
  const server = setup({ random: (length) => new Uint8Array(length).fill(7) });
  const token = await server.signIn('basic');

  expect(token).toBe(Buffer.alloc(32, 7).toString('base64url'));
  expect((await server.get('/v1/me', { headers: bearer(token) })).status).toBe(200);
});
