import { fromHex, toHex } from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';
import { rotateKey } from './rotated-key.js';

describe('rotateKey', () => {
  const first = {
    keyId: '000102030405060708090a0b0c0d0e0f',
    key: fromHex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'),
  };

  it.each([
    [0, '000102030405060708090a0b0c0d0e0f', 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'],
    [1, '0102030405060708090a0b0c0d0e0f00', 'f1f2f3f4f5f6f7f8f9fafbfcfdfefff0'],
    [15, '0f000102030405060708090a0b0c0d0e', 'fff0f1f2f3f4f5f6f7f8f9fafbfcfdfe'],
    [16, '000102030405060708090a0b0c0d0e0f', 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'],
  ])('turns id and key left by as many bytes as the period’s number, %i', (period, keyId, key) => {
    const rotated = rotateKey(first, period);
    expect(rotated.keyId).toBe(keyId);
    expect(toHex(rotated.key)).toBe(key);
  });
});
