import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../bytes/base64.js';
import { fromHex, toHex } from '../bytes/hex.js';
import { parseKeyId } from '../key-id/key-id.js';
import { deriveContentKey, playReadyChecksum } from './content-key.js';

// The seed of Microsoft's public test servers: MicrosoftDocs/PlayReady, playready-test-servers.md (CC BY 4.0).
const TEST_SEED = fromBase64('XVBovsmzhP9gRIZxWfFta3VVRPzVEWmJsazEJ46I');

// Key ids and checksums: MicrosoftDocs/PlayReady, playready-header-specification.md (CC BY 4.0).
const VECTORS = [
  ['09e091ab-f838-41d2-9e35-58531fd19ec7', '9cb061164b7013eaefcc7d6d18424c2c', 'w+OZVr8vzrQ='],
  ['a2c786d0-f9ef-4cb3-b333-cd323a4284a5', '4edb7704cdbf03617f4800bd878a6df2', 'xNvWVxoWk04='],
  ['db06a8fe-ec16-4de2-9228-2c71e9b856ab', '3179923adf3c929892951e62f93a518a', 'GnKaQIRacPU='],
] as const;

describe('deriveContentKey', () => {
  it.each(VECTORS)('derives the key of %s', async (guid, key) => {
    expect(toHex(await deriveContentKey(TEST_SEED, parseKeyId(guid)))).toBe(key);
  });

  it('uses the first 30 bytes of a longer seed', async () => {
    const longer = fromHex(`${toHex(TEST_SEED)}ffff`);

    expect(toHex(await deriveContentKey(longer, parseKeyId(VECTORS[0][0])))).toBe(VECTORS[0][1]);
  });

  it('refuses a seed that is too short', async () => {
    await expect(deriveContentKey(TEST_SEED.subarray(1), parseKeyId(VECTORS[0][0]))).rejects.toMatchObject({
      name: 'ProtocolError',
      code: 'invalid-value',
      field: 'keySeed',
      problem: 'must be at least 30 bytes, not 29',
    });
  });
});

describe('playReadyChecksum', () => {
  it.each(VECTORS)('ties %s to its key', async (guid, key, checksum) => {
    expect(toBase64(await playReadyChecksum(fromHex(key), parseKeyId(guid)))).toBe(checksum);
  });

  it('ties a key that was not derived', async () => {
    // shaka-packager, playready_pssh_generator_unittest
    const text = new TextEncoder();
    const checksum = await playReadyChecksum(
      text.encode('contentkey1~~~~~'),
      parseKeyId(toHex(text.encode('keyid1~~~~~~~~~~'))),
    );

    expect(toBase64(checksum)).toBe('uFY/OirQj/U=');
  });

  it('refuses a key that is not 16 bytes', async () => {
    await expect(playReadyChecksum(new Uint8Array(15), parseKeyId(VECTORS[0][0]))).rejects.toMatchObject({
      code: 'invalid-value',
      field: 'contentKey',
    });
  });
});
