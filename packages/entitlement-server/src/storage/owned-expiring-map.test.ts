import { expect, test } from 'vitest';

import { OwnedExpiringMap } from './owned-expiring-map.js';

function setup(limit = 2): { map: OwnedExpiringMap<string>; at: (time: number) => void } {
  let now = 0;
  const map = new OwnedExpiringMap<string>({ clock: () => now, limit: () => limit });
  return { map, at: (time) => (now = time) };
}

test('an entry is there until its time is over', () => {
  const { map, at } = setup();
  map.set('ann', 'a', 'value', 100);

  at(99);
  expect(map.get('a')).toBe('value');
  at(100);
  expect(map.get('a')).toBeUndefined();
});

test("one entry too many replaces its owner's oldest and nobody else's", () => {
  const { map } = setup();
  map.set('bob', 'b', 'bob', 100);
  for (const key of ['1', '2', '3']) map.set('ann', key, key, 100);

  expect(map.valuesOf('ann')).toEqual(['2', '3']);
  expect(map.get('b')).toBe('bob');
});

test('says whether an owner has room, and looks for what ran out every two seconds at most', () => {
  const { map, at } = setup();
  map.set('ann', '1', 'one', 3000);
  expect(map.hasRoom('ann')).toBe(true);
  map.set('ann', '2', 'two', 5000);
  map.set('bob', '3', 'three', 3000);
  at(1500);
  expect(map.hasRoom('ann')).toBe(false);
  expect(map.hasRoom('bob')).toBe(true);
  expect(map.hasRoom('cid')).toBe(true);

  at(3000);
  expect(map.hasRoom('ann')).toBe(false);
  at(3500);
  expect(map.hasRoom('ann')).toBe(true);
  // What others have is not looked through.
  expect(map.size).toBe(2);

  map.set('ann', '4', 'four', 5000);
  at(6000);
  expect(map.hasRoom('ann')).toBe(true);
  expect(map.valuesOf('ann')).toEqual([]);
});

test('has no room where nothing may be kept', () => {
  expect(setup(0).map.hasRoom('ann')).toBe(false);
});

test('sweeps also when the clock was set back', () => {
  const { map, at } = setup();
  at(1_000_000);
  map.set('ann', '1', 'one', 1_000_100);
  at(500_000);
  map.set('bob', '2', 'two', 500_100);
  at(600_000);
  map.set('cid', '3', 'three', 700_000);
  expect(map.size).toBe(2);
});

test('replacing an entry does not count twice', () => {
  const { map } = setup();
  map.set('ann', '1', 'old', 100);
  map.set('ann', '2', 'two', 100);
  map.set('ann', '1', 'new', 200);

  expect(map.valuesOf('ann')).toEqual(['new', 'two']);
});

test('entries that ran out unseen are swept away', () => {
  const { map, at } = setup();
  map.set('ann', '1', 'one', 100);
  map.set('bob', '2', 'two', 100);
  at(120_000);
  map.set('cid', '3', 'three', 200_000);

  expect(map.size).toBe(1);
  expect(map.valuesOf('ann')).toEqual([]);
});

test('many entries are swept bit by bit, those too that run out or come meanwhile', () => {
  const { map, at } = setup(Infinity);
  for (let n = 0; n < 1_000; n += 1) map.set('ann', `old ${n}`, 'old', 100);
  at(120_000);
  map.set('bob', 'new 0', 'new', 500_000);
  expect(map.size).toBeGreaterThan(900);

  for (let n = 1; n < 20; n += 1) map.set('bob', `new ${n}`, 'new', 500_000);
  expect(map.size).toBe(20);

  for (let n = 0; n < 1_000; n += 1) map.set('ann', `old ${n}`, 'old', 120_100);
  at(240_000);
  for (let n = 0; n < 20; n += 1) map.set('bob', `new ${n}`, 'newer', 500_000);
  expect(map.size).toBe(20);
});

test('names that objects are born with are names like any other', () => {
  const { map } = setup();
  expect(map.get('__proto__')).toBeUndefined();
  map.set('constructor', '__proto__', 'value', 100);
  expect(map.valuesOf('constructor')).toEqual(['value']);
});
