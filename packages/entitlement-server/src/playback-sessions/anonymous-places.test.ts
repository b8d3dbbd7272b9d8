import { expect, test } from 'vitest';

import { AnonymousPlaces } from './anonymous-places.js';

const HOUR = 3_600_000;

function setup() {
  let now = 1_000_000;
  const places = new AnonymousPlaces({ clock: () => now, perNetwork: 2, silenceMs: 90_000 });
  return {
    /** `taken`, the key of the session that may have to go first, or `full` where there is no room. */
    take: (key: string, network = 'home', ttl = HOUR) => {
      const outcome = places.take(network, key, now + ttl);
      return outcome.status === 'full' ? (outcome.silent?.key ?? 'full') : outcome.status;
    },
    keep: (key: string) => places.keep(key, now + HOUR),
    leave: (key: string) => places.leave(key),
    advance: (ms: number) => (now += ms),
  };
}

test('a network has so many places, and others have theirs', () => {
  const { take } = setup();
  expect(['a', 'b', 'c'].map((key) => take(key))).toEqual(['taken', 'taken', 'full']);
  expect(take('d', 'office')).toBe('taken');
});

test('who was silent for longest yields, but nobody who is still heard of', () => {
  const { take, keep, leave, advance } = setup();
  for (const key of ['a', 'b']) take(key);
  advance(60_000);
  keep('a');
  advance(29_999);
  expect(take('c')).toBe('full');
  advance(1);
  expect(take('c')).toBe('b');
  leave('b');
  expect(take('c')).toBe('taken');
  expect(take('d')).toBe('full');
  advance(60_000);
  expect(take('d')).toBe('a');
});

test('who leaves or runs out makes room, and a heartbeat brings nobody back', () => {
  const { take, keep, leave, advance } = setup();
  take('a');
  take('b', 'home', 30_000);
  leave('a');
  keep('a');
  expect(take('c')).toBe('taken');
  advance(30_000);
  keep('b');
  expect(['d', 'e'].map((key) => take(key))).toEqual(['taken', 'full']);
});
