import { expect, it } from 'vitest';

import { readDeviceId } from './device-id.js';

function storageOf(setItem?: () => void) {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: setItem ?? ((key: string, value: string) => void items.set(key, value)),
  };
}

it('is made once', () => {
  const storage = storageOf();
  expect(readDeviceId(storage, () => 'first')).toBe('first');
  expect(readDeviceId(storage, () => 'second')).toBe('first');
});

it.each([
  ['nothing can be kept', null],
  [
    'the storage is full',
    storageOf(() => {
      throw new DOMException('It is full.', 'QuotaExceededError');
    }),
  ],
])('is made anew where %s', (_, storage) => {
  expect(readDeviceId(storage, () => 'first')).toBe('first');
  expect(readDeviceId(storage, () => 'second')).toBe('second');
});
