import { fromHex, toHex } from '@secure-player/protocol';
import { expect, it } from 'vitest';

import { KeyVault } from './key-vault.js';
import { MemoryLicenseStore } from './testing/memory-license-store.js';

const KEY = '00112233445566778899aabbccddeeff';

function setup() {
  const store = new MemoryLicenseStore();
  return { store, vault: new KeyVault(store, crypto) };
}

it('gives back what it wrapped, also after a restart', async () => {
  const { store, vault } = setup();
  const wrapped = await vault.wrap('film', 'kid', fromHex(KEY));

  expect(toHex(await new KeyVault(store, crypto).unwrap('film', wrapped))).toBe(KEY);
});

it('keeps no key in clear, nor one that can be exported', async () => {
  const { store, vault } = setup();
  const key = fromHex(KEY);
  const wrapped = await vault.wrap('film', 'kid', key);

  expect(toHex(wrapped.bytes)).not.toContain(KEY);
  expect(toHex(key)).toBe('0'.repeat(32));
  const wrapping = await store.wrappingKey(() => Promise.reject(new Error('There is one.')));
  expect(wrapping.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', wrapping)).rejects.toThrow('not extractable');
});

it('wraps the same key to other bytes each time', async () => {
  const { vault } = setup();
  const [one, other] = [
    await vault.wrap('film', 'kid', fromHex(KEY)),
    await vault.wrap('film', 'kid', fromHex(KEY)),
  ];

  expect(toHex(one.iv)).not.toBe(toHex(other.iv));
  expect(toHex(one.bytes)).not.toBe(toHex(other.bytes));
});

it.each([
  ['another title', 'series', (row: { name: string }) => row],
  ['another key id', 'film', (row: { name: string }) => ({ ...row, name: 'other' })],
] as const)('opens nothing for a row that was put in the place of %s', async (_, titleId, change) => {
  const { vault } = setup();
  const wrapped = await vault.wrap('film', 'kid', fromHex(KEY));

  await expect(vault.unwrap(titleId, change(wrapped) as typeof wrapped)).rejects.toMatchObject({
    code: 'stored-license-missing',
  });
});

it('notices bytes that were changed, and a key that the browser has lost', async () => {
  const { store, vault } = setup();
  const wrapped = await vault.wrap('film', 'kid', fromHex(KEY));
  const changed = wrapped.bytes.map((byte, index) => (index === 0 ? byte ^ 1 : byte));
  await expect(vault.unwrap('film', { ...wrapped, bytes: changed })).rejects.toMatchObject({
    code: 'stored-license-missing',
  });

  store.loseWrappingKey();
  await expect(vault.unwrap('film', wrapped)).rejects.toMatchObject({ code: 'stored-license-missing' });
});
