import { SignJWT, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';

import { createHs256Key, openHs256, signHs256 } from './hs256.js';

const SECRET = new Uint8Array(32).fill(7);
const KEYS = new Map([['now', createHs256Key(SECRET)]]);
const CLAIMS = { sub: 'Añn', exp: 2_000_000_000, keys: [['a', 0, null]] };

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signed as it is, whatever its header says. */
function signed(header: unknown, payload = part(CLAIMS)): string {
  const text = `${part(header)}.${payload}`;
  return `${text}.${Buffer.from(createHs256Key(SECRET).mac(text)).toString('base64url')}`;
}

test('the MAC is that of RFC 7515, appendix A.1', () => {
  const secret = Buffer.from(
    'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
    'base64url',
  );
  const text =
    'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';
  expect(Buffer.from(createHs256Key(secret).mac(text)).toString('base64url')).toBe(
    'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  );
});

describe('agrees with jose', () => {
  test('about what it signs', async () => {
    const token = signHs256('now', createHs256Key(SECRET), CLAIMS);
    const { payload, protectedHeader } = await jwtVerify(token, SECRET, { algorithms: ['HS256'] });
    expect(payload).toEqual(CLAIMS);
    expect(protectedHeader).toEqual({ alg: 'HS256', kid: 'now' });
  });

  test('about what it reads', async () => {
    const token = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: 'HS256', kid: 'now', typ: 'JWT' })
      .sign(SECRET);
    expect(openHs256(token, KEYS)).toEqual(CLAIMS);
  });
});

test('a key signs any number of texts, each by itself', () => {
  const key = createHs256Key(SECRET);
  const tokens = [CLAIMS, {}, CLAIMS].map((claims) => signHs256('now', key, claims));
  expect(tokens[2]).toBe(tokens[0]);
  expect(tokens[1]).not.toBe(tokens[0]);
});

const GOOD = signed({ alg: 'HS256', kid: 'now' });

test('what is good is read, so that the refusals below mean something', () => {
  expect(openHs256(GOOD, KEYS)).toEqual(CLAIMS);
});

test.each<[string, string]>([
  ['nothing', ''],
  ['two parts', GOOD.split('.').slice(0, 2).join('.')],
  ['four parts', `${GOOD}.${part({})}`],
  ['no signature', `${GOOD.split('.').slice(0, 2).join('.')}.`],
  ['half a signature', GOOD.slice(0, -20)],
  ['a signature with padding', `${GOOD}=`],
  ['a signature that has a second spelling', `${GOOD.slice(0, -1)}${GOOD.endsWith('A') ? 'B' : 'D'}`],
  ['the algorithm none', signed({ alg: 'none', kid: 'now' })],
  ['another algorithm', signed({ alg: 'HS512', kid: 'now' })],
  ['no algorithm', signed({ kid: 'now' })],
  ['no key id', signed({ alg: 'HS256' })],
  ['the id of a key that is not known', signed({ alg: 'HS256', kid: 'last' })],
  ['a key id that is no text', signed({ alg: 'HS256', kid: ['now'] })],
  ['the id of what every object has', signed({ alg: 'HS256', kid: 'constructor' })],
  ['a demand to be understood further', signed({ alg: 'HS256', kid: 'now', crit: ['b64'], b64: false })],
  ['a header that is no object', signed(null)],
  ['a header that is not JSON', `${Buffer.from('{').toString('base64url')}.${part(CLAIMS)}.AAAA`],
  ['a payload that is not JSON', signed({ alg: 'HS256', kid: 'now' }, 'AAAA')],
  ['a payload that is not UTF-8', signed({ alg: 'HS256', kid: 'now' }, '_w')],
  ['a payload that is not base64url', signed({ alg: 'HS256', kid: 'now' }, 'e30=')],
])('%s is refused', (_name, token) => {
  expect(openHs256(token, KEYS)).toBeUndefined();
});

test('each bit of a signature counts', () => {
  const [header, payload, signature = ''] = GOOD.split('.');
  for (let bit = 0; bit < 256; bit += 1) {
    const bytes = Buffer.from(signature, 'base64url');
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(openHs256([header, payload, bytes.toString('base64url')].join('.'), KEYS)).toBeUndefined();
  }
});
