import { expect, test, vi } from 'vitest';

import { ConfiguredAccountDirectory } from '../accounts/account-directory.js';
import { BearerSessions, InMemoryBearerSessionStore } from '../accounts/bearer-sessions.js';
import { InMemoryPlaybackSessionStore } from './in-memory-playback-session-store.js';
import { PlaybackSessions } from './playback-sessions.js';
import { createOpaqueSecret } from '../secrets/opaque-secret.js';

const ANONYMOUS = { status: 'anonymous' } as const;
const SILENCE_MS = 15_000;

/** Two processes on one store, where a network may have two sessions of nobody's. */
function setup() {
  let now = 1_000_000;
  const clock = (): number => now;
  const store = new InMemoryPlaybackSessionStore({ clock, anonymousLimit: 100 });
  const bearers = new BearerSessions({ store: new InMemoryBearerSessionStore(clock), clock, ttlSeconds: 60 });
  const process = () =>
    new PlaybackSessions({
      store,
      accounts: new ConfiguredAccountDirectory([]),
      bearers,
      clock,
      ttlSeconds: 3_600,
      prefetchTtlSeconds: 60,
      heartbeatSeconds: 10,
      leaseGraceSeconds: 5,
      anonymousPerNetwork: 2,
    });
  const [one, other] = [process(), process()];
  return {
    store,
    one,
    open: async () => {
      const id = createOpaqueSecret();
      const request = { contentId: 'trailer', intent: 'play' } as const;
      await one.open({ id, request, identity: ANONYMOUS, device: 'A player', plan: null, network: 'home' });
      return id;
    },
    heartbeatElsewhere: async (id: string) => other.renew(await other.use(id, ANONYMOUS), { plan: null }),
    advance: (ms: number) => (now += ms),
  };
}

const NO_ROOM = { problem: { code: 'service-unavailable' } };

test('nobody yields whose heartbeats go to another process', async () => {
  const { one, open, heartbeatElsewhere, advance } = setup();
  const [first, second] = [await open(), await open()];
  advance(SILENCE_MS);
  await heartbeatElsewhere(first);
  await heartbeatElsewhere(second);

  await expect(open()).rejects.toMatchObject(NO_ROOM);
  await expect(one.use(first, ANONYMOUS)).resolves.toBeDefined();
  await expect(one.use(second, ANONYMOUS)).resolves.toBeDefined();
});

test('who is silent everywhere yields, beside one who is not', async () => {
  const { one, open, heartbeatElsewhere, advance } = setup();
  const [first, second] = [await open(), await open()];
  advance(SILENCE_MS);
  await heartbeatElsewhere(first);

  const third = await open();
  await expect(one.use(first, ANONYMOUS)).resolves.toBeDefined();
  await expect(one.use(second, ANONYMOUS)).rejects.toMatchObject({
    problem: { code: expect.stringMatching(/^playback-session-(?:unknown|ended)$/) as string },
  });
  await expect(one.use(third, ANONYMOUS)).resolves.toBeDefined();
});

test('what could not be opened takes no place', async () => {
  const { store, open } = setup();
  const away = vi.spyOn(store, 'open').mockRejectedValue(new Error('away'));
  for (let tries = 0; tries < 3; tries += 1) await expect(open()).rejects.toThrow('away');

  away.mockRestore();
  await expect(open()).resolves.toBeDefined();
});
