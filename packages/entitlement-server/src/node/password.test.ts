import { describe, expect, test } from 'vitest';

import { DEMO_PASSWORD, demoAccounts } from '../accounts/demo-accounts.js';
import { parsePasswordHash } from '../accounts/password-hash.js';
import { PasswordVerifier, hashPassword } from './password.js';

const CHEAP = { N: 16, r: 1, p: 1 };

describe('a password hash', () => {
  test('verifies its own password and no other', async () => {
    const verifier = new PasswordVerifier();
    const hash = parsePasswordHash(await hashPassword('correct horse', { cost: CHEAP }));

    expect(hash).not.toBeNull();
    expect(await verifier.verify('correct horse', hash)).toBe(true);
    expect(await verifier.verify('correct horsf', hash)).toBe(false);
  });

  test('is another one every time and does not show the password', async () => {
    const hashes = [
      await hashPassword('secret', { cost: CHEAP }),
      await hashPassword('secret', { cost: CHEAP }),
    ];
    expect(hashes[0]).not.toBe(hashes[1]);
    expect(hashes.join()).not.toContain('secret');
  });

  test('costs 16 MiB and five passes unless told otherwise', async () => {
    expect(await hashPassword('x')).toMatch(/^scrypt\$16384\$8\$5\$/);
  });

  test('does not tell apart two ways to type the same letters', async () => {
    const hash = parsePasswordHash(await hashPassword('caf\u00e9', { cost: CHEAP }));
    expect(await new PasswordVerifier().verify('cafe\u0301', hash)).toBe(true);
  });

  test.each([
    '',
    'demo',
    'scrypt$15$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'scrypt$1$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'scrypt$2097152$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'scrypt$1024$33$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'scrypt$1024$8$0$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'scrypt$1024$8$1$short$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  ])('of another making is refused: %s', (text) => {
    expect(parsePasswordHash(text)).toBeNull();
  });
});

describe('verifying', () => {
  test('an unknown user is a no, whatever the password', async () => {
    expect(await new PasswordVerifier({ decoyCost: CHEAP }).verify('anything', null)).toBe(false);
  });

  test('turns logins away when too many wait, and recovers', async () => {
    const verifier = new PasswordVerifier({ decoyCost: CHEAP, concurrency: 1, queueLimit: 1 });
    const results = await Promise.allSettled([1, 2, 3].map(async () => verifier.verify('x', null)));

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(results[2]).toMatchObject({ reason: { problem: { code: 'service-unavailable' } } });
    expect(await verifier.verify('x', null)).toBe(false);
  });
});

test('every demo account opens with the published password', async () => {
  const verifier = new PasswordVerifier();
  for (const { passwordHash } of demoAccounts()) {
    expect(await verifier.verify(DEMO_PASSWORD, parsePasswordHash(passwordHash))).toBe(true);
  }
});
