import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../bytes/hex.js';
import { keyIdFromBytes } from '../key-id/key-id.js';
import {
  readClearKeyLicense,
  readClearKeyLicenseWithPolicy,
  writeClearKeyLicense,
} from './clear-key-license.js';

// W3C Encrypted Media Extensions, section "Clear Key", license format
const KID = 'LwVHf8JLtPrv2GUXFW2v_A';
const KEY_ID = '2f05477fc24bb4faefd86517156daffc';
const K = 'tQ0bJVWb6b0KPL6KtZIy_A';
const KEY = fromHex('b50d1b25559be9bd0a3cbe8ab59232fc');
const OTHER_K = 'AAAAAAAAAAAAAAAAAAAAAA';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytesOf = (value: unknown): Uint8Array => encode(JSON.stringify(value));

describe('a Clear Key license', () => {
  it('is read and written as in EME, byte for byte', () => {
    const bytes = encode(`{"keys":[{"kty":"oct","kid":"${KID}","k":"${K}"}],"type":"temporary"}`);
    const license = { keys: [{ keyId: KEY_ID, key: KEY }], type: 'temporary' } as const;

    expect(readClearKeyLicense(bytes)).toEqual(license);
    expect(writeClearKeyLicense(license)).toEqual(bytes);
  });

  it('need not say its type', () => {
    const bytes = encode(`{"keys":[{"kty":"oct","kid":"${KID}","k":"${K}"}]}`);

    expect(readClearKeyLicense(bytes)).not.toHaveProperty('type');
    expect(writeClearKeyLicense({ keys: [{ keyId: KEY_ID, key: KEY }] })).toEqual(bytes);
  });

  it('may have members that EME does not define', () => {
    const jwk = { kty: 'oct', kid: KID, k: K, alg: 'A128KW', use: 'enc' };

    expect(readClearKeyLicense(bytesOf({ keys: [jwk], policy: { seconds: 60 } }))).toEqual({
      keys: [{ keyId: KEY_ID, key: KEY }],
    });
  });

  it('gives a repeated key once, and refuses two keys for one key id', () => {
    const jwk = { kty: 'oct', kid: KID, k: K };

    expect(readClearKeyLicense(bytesOf({ keys: [jwk, jwk] })).keys).toHaveLength(1);
    expect(() => readClearKeyLicense(bytesOf({ keys: [jwk, jwk, { ...jwk, k: OTHER_K }] }))).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'keys[2]' }),
    );
    const key = { keyId: KEY_ID, key: KEY };
    expect(readClearKeyLicense(writeClearKeyLicense({ keys: [key, key] })).keys).toHaveLength(1);
    expect(() => writeClearKeyLicense({ keys: [key, { ...key, key: new Uint8Array(16) }] })).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'keys[1]' }),
    );
  });

  const license = (jwk: unknown): string => JSON.stringify({ keys: [jwk] });

  it.each([
    ['an error page', '<!DOCTYPE html>', 'malformed', 'license'],
    ['no keys', '{}', 'malformed', 'keys'],
    ['empty keys', '{"keys":[]}', 'invalid-value', 'keys'],
    ['a key that is no object', license(K), 'malformed', 'keys[0]'],
    ['a key that is a list', license([]), 'malformed', 'keys[0]'],
    ['a key of another type', license({ kty: 'RSA', kid: KID, k: K }), 'unsupported', 'keys[0].kty'],
    ['a key without a type', license({ kid: KID, k: K }), 'unsupported', 'keys[0].kty'],
    ['a key without its id', license({ kty: 'oct', k: K }), 'malformed', 'keys[0].kid'],
    ['a key without its value', license({ kty: 'oct', kid: KID }), 'malformed', 'keys[0].k'],
    ['a padded value', license({ kty: 'oct', kid: KID, k: `${K}==` }), 'malformed', 'keys[0].k'],
    [
      'a value of 15 bytes',
      license({ kty: 'oct', kid: KID, k: 'AAAAAAAAAAAAAAAAAAAA' }),
      'invalid-value',
      'keys[0].k',
    ],
    [
      'an unknown type',
      JSON.stringify({ keys: [{ kty: 'oct', kid: KID, k: K }], type: 'forever' }),
      'invalid-value',
      'type',
    ],
    [
      'null for its type',
      JSON.stringify({ keys: [{ kty: 'oct', kid: KID, k: K }], type: null }),
      'invalid-value',
      'type',
    ],
  ])('is refused with %s', (_, text, code, field) => {
    expect(() => readClearKeyLicense(encode(text))).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field }),
    );
  });

  it('is bounded in bytes and keys', () => {
    const keys = Array.from({ length: 65 }, () => ({ kty: 'oct', kid: KID, k: K }));

    expect(readClearKeyLicense(bytesOf({ keys }), { maxKeys: 65 }).keys).toHaveLength(1);
    expect(() => readClearKeyLicense(bytesOf({ keys }))).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'keys' }),
    );
    expect(() => readClearKeyLicense(new Uint8Array(65_537))).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'license' }),
    );
  });

  it.each([
    ['no keys', [], 'keys'],
    ['a key of 15 bytes', [{ keyId: KEY_ID, key: new Uint8Array(15) }], 'keys[0].k'],
    ['a key id in another spelling', [{ keyId: KID, key: KEY }], 'keys[0].kid'],
  ])('is not written with %s', (_, keys, field) => {
    expect(() => writeClearKeyLicense({ keys })).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code: 'invalid-value', field }),
    );
  });

  it('reads back what it writes', () => {
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((run) => Uint8Array.from(run));
    const keys = fc.uniqueArray(fc.record({ keyId: bytes.map((id) => keyIdFromBytes(id)), key: bytes }), {
      minLength: 1,
      maxLength: 20,
      selector: ({ keyId }) => keyId,
    });
    fc.assert(
      fc.property(keys, (expected) => {
        expect(readClearKeyLicense(writeClearKeyLicense({ keys: expected })).keys).toEqual(expected);
      }),
    );
  });
});

describe('the policy of a Clear Key license', () => {
  const POLICY = {
    notBefore: 0,
    notAfter: 1_793_980_000_000,
    licenseDurationSeconds: 60,
    rentalDurationSeconds: 0,
    playbackDurationSeconds: 0.5,
    renewal: { delaySeconds: 30, retrySeconds: 5, graceSeconds: 0 },
    canPersist: false,
  };
  const KEY_POLICY = { minHdcp: '2.2', minSecurityLevel: 'hardware', use: 'root' } as const;
  const LICENSE = { keys: [{ keyId: KEY_ID, key: KEY, policy: KEY_POLICY }], policy: POLICY };
  const JWK = { kty: 'oct', kid: KID, k: K };

  it('travels beside the keys, and is read by those who ask for it alone', () => {
    const bytes = writeClearKeyLicense(LICENSE);

    expect(readClearKeyLicenseWithPolicy(bytes)).toStrictEqual(LICENSE);
    expect(readClearKeyLicense(bytes)).toStrictEqual({ keys: [{ keyId: KEY_ID, key: KEY }] });
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual({
      keys: [{ ...JWK, policy: KEY_POLICY }],
      policy: POLICY,
    });
  });

  it('may be absent, or bound nothing', () => {
    expect(readClearKeyLicenseWithPolicy(bytesOf({ keys: [JWK] }))).toStrictEqual({
      keys: [{ keyId: KEY_ID, key: KEY }],
    });
    expect(
      readClearKeyLicenseWithPolicy(bytesOf({ keys: [{ ...JWK, policy: {} }], policy: {} })),
    ).toStrictEqual({
      keys: [{ keyId: KEY_ID, key: KEY, policy: {} }],
      policy: {},
    });
  });

  it('is written without what is undefined', () => {
    const keys = [{ keyId: KEY_ID, key: KEY, policy: { minHdcp: undefined } }];
    const bytes = writeClearKeyLicense({ keys, policy: { notAfter: undefined } });

    expect(bytes).toEqual(
      encode(`{"keys":[{"kty":"oct","kid":"${KID}","k":"${K}","policy":{}}],"policy":{}}`),
    );
  });

  it('may have members that are not ours', () => {
    const bytes = bytesOf({ keys: [{ ...JWK, policy: { tracks: ['SD'] } }], policy: { concurrency: 2 } });

    expect(readClearKeyLicenseWithPolicy(bytes)).toStrictEqual({
      keys: [{ keyId: KEY_ID, key: KEY, policy: {} }],
      policy: {},
    });
  });

  it.each<[unknown, string, string]>([
    ['forever', 'malformed', 'policy'],
    [null, 'malformed', 'policy'],
    [[], 'malformed', 'policy'],
    [{ notAfter: '2026-11-22' }, 'malformed', 'policy.notAfter'],
    [{ notBefore: null }, 'malformed', 'policy.notBefore'],
    [{ licenseDurationSeconds: -1 }, 'malformed', 'policy.licenseDurationSeconds'],
    [{ canPersist: 1 }, 'malformed', 'policy.canPersist'],
    [{ renewal: 60 }, 'malformed', 'policy.renewal'],
    [{ renewal: {} }, 'malformed', 'policy.renewal.delaySeconds'],
    [{ renewal: { delaySeconds: 1, graceSeconds: true } }, 'malformed', 'policy.renewal.graceSeconds'],
  ])('is not %j', (policy, code, field) => {
    const bytes = bytesOf({ keys: [JWK], policy });

    expect(() => readClearKeyLicenseWithPolicy(bytes)).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field }),
    );
    expect(readClearKeyLicense(bytes).keys).toHaveLength(1);
  });

  it.each<[unknown, string, string]>([
    ['SD', 'malformed', 'keys[0].policy'],
    [{ minHdcp: '9.9' }, 'invalid-value', 'keys[0].policy.minHdcp'],
    [{ minHdcp: 1.4 }, 'invalid-value', 'keys[0].policy.minHdcp'],
    [{ minSecurityLevel: 'toString' }, 'invalid-value', 'keys[0].policy.minSecurityLevel'],
    [{ use: null }, 'invalid-value', 'keys[0].policy.use'],
  ])('is not %j for a key', (policy, code, field) => {
    expect(() => readClearKeyLicenseWithPolicy(bytesOf({ keys: [{ ...JWK, policy }] }))).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field }),
    );
  });

  it('is one for each key', () => {
    const other = { ...JWK, policy: { minHdcp: '1.4' } };

    expect(readClearKeyLicenseWithPolicy(bytesOf({ keys: [other, other] })).keys).toHaveLength(1);
    expect(() => readClearKeyLicenseWithPolicy(bytesOf({ keys: [JWK, other] }))).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'keys[1]' }),
    );
    expect(readClearKeyLicense(bytesOf({ keys: [JWK, other] })).keys).toHaveLength(1);
  });

  it('is not written when it could not be read', () => {
    expect(() => writeClearKeyLicense({ ...LICENSE, policy: { notAfter: Infinity } })).toThrow(
      expect.objectContaining({ code: 'malformed', field: 'policy.notAfter' }),
    );
  });
});
