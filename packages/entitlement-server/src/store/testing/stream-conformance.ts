import { expect, it } from 'vitest';

import type { PlaybackSessionStore } from '../../playback-sessions/playback-session-store.js';
import { leaseOf, MINUTE, newSession, NOW, setUpStore, type StoreFactory } from './conformance-setup.js';

/** What a store has to do with streams and their limit. */
export function describeStreams(createStore: StoreFactory): void {
  it('grants as many streams as the plan has, and refuses the next with what plays, oldest first', async () => {
    const { sessions } = await setUp();
    // The one that began first is not the one that was opened first.
    await open(sessions, 'b', { startedAt: NOW + 2 });
    await open(sessions, 'a', { startedAt: NOW + 1 });
    await open(sessions, 'c', { startedAt: NOW + 3 });

    const outcome = await sessions.open(newSession({ key: 'd' }), leaseOf());
    expect(outcome).toMatchObject({ status: 'refused', streams: [{ key: 'a' }, { key: 'b' }, { key: 'c' }] });
    await expect(sessions.find('d')).resolves.toBeUndefined();
    expect(await playing(sessions)).toEqual(['a', 'b', 'c']);
  });

  it('lists streams that began together in the order in which they were opened', async () => {
    const { sessions } = await setUp();
    for (const key of ['z', 'y', 'x']) await open(sessions, key);
    expect(await playing(sessions)).toEqual(['z', 'y', 'x']);
  });

  it('grants any number where there is no limit', async () => {
    const { sessions } = await setUp();
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      await expect(sessions.open(newSession({ key }), leaseOf({ limit: null }))).resolves.toMatchObject({
        status: 'granted',
      });
    }
    expect(await playing(sessions)).toHaveLength(5);
  });

  it('counts each account for itself', async () => {
    const { sessions } = await setUp();
    const one = { limit: { streams: 1, onLimit: 'deny-new' } } as const;
    await sessions.open(newSession({ key: 'a' }), leaseOf(one));
    const outcome = await sessions.open(newSession({ key: 'b', accountId: 'ben' }), leaseOf(one));
    expect(outcome.status).toBe('granted');
    expect(await playing(sessions)).toEqual(['a']);
  });

  it('does not count sessions without a stream', async () => {
    const { sessions } = await setUp();
    for (const key of ['a', 'b', 'c', 'd']) await sessions.open(newSession({ key }), null);
    expect(await playing(sessions)).toEqual([]);
    await expect(sessions.open(newSession({ key: 'e' }), leaseOf())).resolves.toMatchObject({
      status: 'granted',
    });
  });

  it('stops the oldest for the newcomer where the plan says so, and names who took over', async () => {
    const { sessions } = await setUp();
    for (const key of ['a', 'b', 'c']) await open(sessions, key);
    const limit = { streams: 3, onLimit: 'stop-oldest' } as const;

    const outcome = await sessions.open(newSession({ key: 'd', device: 'the TV' }), leaseOf({ limit }));
    expect(outcome).toMatchObject({ status: 'granted', session: { key: 'd', intent: 'play', end: null } });
    await expect(sessions.find('a')).resolves.toMatchObject({
      leaseExpiresAt: null,
      end: { reason: 'superseded', by: 'the TV' },
    });
    expect(await playing(sessions)).toEqual(['b', 'c', 'd']);
  });

  it('stops the oldest, or the one that is named, for whoever asks', async () => {
    const { sessions } = await setUp();
    for (const key of ['a', 'b', 'c']) await open(sessions, key);

    await sessions.open(newSession({ key: 'd' }), leaseOf({ replace: 'oldest' }));
    expect(await playing(sessions)).toEqual(['b', 'c', 'd']);
    await sessions.open(newSession({ key: 'e' }), leaseOf({ replace: 'c' }));
    expect(await playing(sessions)).toEqual(['b', 'd', 'e']);
  });

  it('refuses where the one to stop does not play, or is of another account', async () => {
    const { sessions } = await setUp();
    for (const key of ['a', 'b', 'c']) await open(sessions, key);
    await open(sessions, 'x', { accountId: 'ben' });

    for (const replace of ['nobody', 'x']) {
      const outcome = await sessions.open(newSession({ key: 'd' }), leaseOf({ replace }));
      expect(outcome.status).toBe('refused');
    }
    expect(await playing(sessions)).toEqual(['a', 'b', 'c']);
    expect(await playing(sessions, 'ben')).toEqual(['x']);
  });

  it('stops as many as it takes for a smaller limit, the named one before the oldest', async () => {
    const { sessions } = await setUp();
    for (const key of ['a', 'b', 'c']) await open(sessions, key);
    const limit = { streams: 2, onLimit: 'deny-new' } as const;
    await sessions.open(newSession({ key: 'd' }), leaseOf({ limit, replace: 'c' }));
    expect(await playing(sessions)).toEqual(['b', 'd']);
  });

  it('stops nothing for a replacement that is not needed', async () => {
    const { sessions } = await setUp();
    await open(sessions, 'a');
    await sessions.open(newSession({ key: 'b' }), leaseOf({ replace: 'oldest' }));
    expect(await playing(sessions)).toEqual(['a', 'b']);
  });

  it('has no room in a plan without streams, whatever is to be stopped', async () => {
    const { sessions } = await setUp();
    await open(sessions, 'a');
    for (const limit of [
      { streams: 0, onLimit: 'stop-oldest' },
      { streams: 0, onLimit: 'deny-new' },
    ] as const) {
      const outcome = await sessions.open(newSession({ key: 'b' }), leaseOf({ limit, replace: 'oldest' }));
      expect(outcome).toMatchObject({ status: 'refused', streams: [{ key: 'a' }] });
    }
    expect(await playing(sessions)).toEqual(['a']);
  });

  it('counts a stream until it runs out, and no longer', async () => {
    const { sessions } = await setUp();
    const limit = { streams: 1, onLimit: 'deny-new' } as const;
    await sessions.open(newSession({ key: 'a' }), leaseOf({ limit }));
    const end = NOW + 2 * MINUTE;

    const early = await sessions.open(newSession({ key: 'b' }), leaseOf({ limit, now: end - 1 }));
    expect(early.status).toBe('refused');
    const late = await sessions.open(newSession({ key: 'b' }), leaseOf({ limit, now: end }));
    expect(late.status).toBe('granted');
    expect(await playing(sessions, 'anna', end)).toEqual(['b']);
  });

  it('goes on with its own stream though the limit became smaller', async () => {
    const { sessions } = await setUp();
    for (const key of ['a', 'b', 'c']) await open(sessions, key);
    const limit = { streams: 1, onLimit: 'deny-new' } as const;
    const lease = leaseOf({ limit, now: NOW + MINUTE });
    await expect(sessions.renew('b', { lease })).resolves.toMatchObject({
      status: 'granted',
      session: { key: 'b', leaseExpiresAt: NOW + 3 * MINUTE },
    });
    expect(await playing(sessions)).toEqual(['a', 'b', 'c']);
  });

  it('takes a stream that ran out again if there is room, and else changes nothing', async () => {
    const { sessions } = await setUp();
    const limit = { streams: 1, onLimit: 'deny-new' } as const;
    await sessions.open(newSession({ key: 'a' }), leaseOf({ limit }));
    const later = NOW + 5 * MINUTE;
    await sessions.open(newSession({ key: 'b' }), leaseOf({ limit, now: later }));

    const renewal = { expiresAt: NOW + 90 * MINUTE, lease: leaseOf({ limit, now: later }) };
    await expect(sessions.renew('a', renewal)).resolves.toMatchObject({
      status: 'refused',
      streams: [{ key: 'b' }],
    });
    await expect(sessions.find('a')).resolves.toMatchObject({ end: null, expiresAt: NOW + 60 * MINUTE });

    await sessions.release('b');
    await expect(sessions.renew('a', renewal)).resolves.toMatchObject({
      status: 'granted',
      session: { leaseExpiresAt: later + 2 * MINUTE, expiresAt: NOW + 90 * MINUTE },
    });
    expect(await playing(sessions, 'anna', later)).toEqual(['a']);
  });

  it('stops another one for a renewal whose stream ran out, where it asks for that', async () => {
    const { sessions } = await setUp();
    const limit = { streams: 1, onLimit: 'deny-new' } as const;
    await sessions.open(newSession({ key: 'a', device: 'the phone' }), null);
    await sessions.open(newSession({ key: 'b' }), leaseOf({ limit }));

    await sessions.renew('a', { lease: leaseOf({ limit, replace: 'b' }) });
    expect(await playing(sessions)).toEqual(['a']);
    await expect(sessions.find('b')).resolves.toMatchObject({
      end: { reason: 'superseded', by: 'the phone' },
    });
  });

  it('lets a superseded session live again only for who asks for its stream back', async () => {
    const { sessions } = await setUp();
    const limit = { streams: 1, onLimit: 'deny-new' } as const;
    await sessions.open(newSession({ key: 'a', device: 'the phone' }), leaseOf({ limit }));
    await sessions.open(newSession({ key: 'b', device: 'the TV' }), leaseOf({ limit, replace: 'oldest' }));

    for (const lease of [null, leaseOf({ limit })]) {
      await expect(sessions.renew('a', { lease })).resolves.toMatchObject({
        status: 'over',
        session: { key: 'a', end: { reason: 'superseded', by: 'the TV' } },
      });
    }
    await expect(
      sessions.renew('a', { lease: leaseOf({ limit, replace: 'oldest' }) }),
    ).resolves.toMatchObject({ status: 'granted', session: { key: 'a', end: null } });
    await expect(sessions.find('b')).resolves.toMatchObject({
      end: { reason: 'superseded', by: 'the phone' },
    });
    expect(await playing(sessions)).toEqual(['a']);
  });

  it('leaves a superseded session over where there is nothing to take back', async () => {
    const { sessions } = await setUp();
    const limit = { streams: 1, onLimit: 'deny-new' } as const;
    await sessions.open(newSession({ key: 'a' }), leaseOf({ limit }));
    await sessions.open(newSession({ key: 'b' }), leaseOf({ limit, replace: 'oldest' }));
    const outcome = await sessions.renew('a', { lease: leaseOf({ limit, replace: 'nobody' }) });
    expect(outcome).toMatchObject({ status: 'refused', streams: [{ key: 'b' }] });
    await expect(sessions.find('a')).resolves.toMatchObject({ end: { reason: 'superseded' } });
  });

  it('does not bring back a session that was closed', async () => {
    const { sessions } = await setUp();
    await open(sessions, 'a');
    await sessions.end('a', { reason: 'closed' });
    const outcome = await sessions.renew('a', { lease: leaseOf({ replace: 'oldest' }) });
    expect(outcome).toMatchObject({ status: 'over', session: { end: { reason: 'closed' } } });
  });

  it('gives a stream back, and the session can go on', async () => {
    const { sessions } = await setUp();
    const limit = { streams: 1, onLimit: 'deny-new' } as const;
    await sessions.open(newSession({ key: 'a' }), leaseOf({ limit }));
    await sessions.release('a');
    await sessions.release('a');
    await expect(sessions.find('a')).resolves.toMatchObject({ leaseExpiresAt: null, end: null });
    expect(await playing(sessions)).toEqual([]);

    await sessions.open(newSession({ key: 'b' }), leaseOf({ limit }));
    expect((await sessions.renew('a', { lease: leaseOf({ limit }) })).status).toBe('refused');
  });

  it('grants exactly three of 500 that ask at once for three streams', async () => {
    const { sessions } = await setUp();
    const outcomes = await Promise.all(
      keysOf(500).map(async (key) => await sessions.open(newSession({ key }), leaseOf())),
    );
    expect(outcomes.filter(({ status }) => status === 'granted')).toHaveLength(3);
    expect(await playing(sessions)).toHaveLength(3);
  });

  it('grants exactly three of 100 sessions that want a stream at once', async () => {
    const { sessions } = await setUp();
    const keys = keysOf(100);
    await Promise.all(keys.map(async (key) => await sessions.open(newSession({ key }), null)));
    const outcomes = await Promise.all(
      keys.map(async (key) => await sessions.renew(key, { lease: leaseOf() })),
    );
    expect(outcomes.filter(({ status }) => status === 'granted')).toHaveLength(3);
    expect(await playing(sessions)).toHaveLength(3);
  });

  it('renews one session for all who ask at once', async () => {
    const { sessions } = await setUp();
    await open(sessions, 'a');
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        return await sessions.renew('a', { lease: leaseOf({ now: NOW + index }) });
      }),
    );
    expect(outcomes.every(({ status }) => status === 'granted')).toBe(true);
    await expect(sessions.find('a')).resolves.toMatchObject({ leaseExpiresAt: NOW + 19 + 2 * MINUTE });
  });

  async function setUp(): Promise<PlaybackSessionsSetup> {
    const { tenant } = await setUpStore(createStore);
    return { sessions: tenant.sessions };
  }
}

interface PlaybackSessionsSetup {
  readonly sessions: PlaybackSessionStore;
}

function keysOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `s${index}`);
}

async function open(
  sessions: PlaybackSessionStore,
  key: string,
  overrides: { startedAt?: number; accountId?: string } = {},
): Promise<void> {
  const { status } = await sessions.open(newSession({ key, ...overrides }), leaseOf());
  expect(status).toBe('granted');
}

async function playing(sessions: PlaybackSessionStore, accountId = 'anna', now = NOW): Promise<string[]> {
  return (await sessions.listStreams(accountId, now)).map(({ key }) => key);
}
