import { describe, expect, it } from 'vitest';
import { toHex } from '../bytes/hex.js';
import { ByteWriter } from '../bytes/byte-writer.js';
import { keyIdToBytes } from '../key-id/key-id.js';
import { readProtobufFields, writeProtobufField } from '../protobuf/protobuf-fields.js';
import type { SealedLicenseKey } from './sealed-message.js';
import { KEY, KEY_ID, OTHER_KEY_ID, REQUEST } from './testing/parties.js';
import { unwrapKey, wrapKey, type KeyContext } from './wrapped-key.js';

const SECRET = Uint8Array.from({ length: 32 }, (_, index) => index);
const CONTEXT: KeyContext = { secret: SECRET, licenseId: 'license-1', request: REQUEST };
const LICENSE_KEY: SealedLicenseKey = { keyId: KEY_ID, key: KEY, policy: { minHdcp: '2.2' } };

describe('a wrapped key', () => {
  it('opens where it belongs', async () => {
    const wrapped = await wrapKey(LICENSE_KEY, CONTEXT, 'key');

    expect(toHex(wrapped)).not.toContain(toHex(KEY));
    expect(await unwrapKey(wrapped, CONTEXT, 'key')).toStrictEqual(LICENSE_KEY);
  });

  it.each<[string, Partial<KeyContext>]>([
    ['from another agreement', { secret: new Uint8Array(32) }],
    ['in another license', { licenseId: 'license-2' }],
    ['in another session', { request: { ...REQUEST, sessionId: 'another' } }],
    ['in the answer to another request', { request: { ...REQUEST, nonce: new Uint8Array(16) } }],
  ])('does not open %s', async (_, change) => {
    const wrapped = await wrapKey(LICENSE_KEY, CONTEXT, 'key');

    await expect(unwrapKey(wrapped, { ...CONTEXT, ...change }, 'key')).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'key.key' }),
    );
  });

  it.each([
    ['under another key id', 1, keyIdToBytes(OTHER_KEY_ID)],
    ['without its policy', 2, new Uint8Array()],
    ['cut short', 3, new Uint8Array(5)],
  ])('does not open %s', async (_, number, value) => {
    const wrapped = await wrapKey(LICENSE_KEY, CONTEXT, 'key');

    await expect(unwrapKey(withField(wrapped, number, value), CONTEXT, 'key')).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'key.key' }),
    );
  });
});

/** The message with another value in one field. */
function withField(
  bytes: Uint8Array,
  number: number,
  value: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const field of readProtobufFields(bytes, 'key')) {
    writeProtobufField(writer, field.number === number ? { number, value } : field);
  }
  return writer.toBytes();
}
