import { expect, it } from 'vitest';

import {
  ANONYMOUS_LIMIT,
  leaseOf,
  MINUTE,
  newSession,
  NOW,
  setUpStore,
  type StoreFactory,
} from './conformance-setup.js';

/** What a store has to do with playback sessions, but for their streams. */
export function describeSessions(createStore: StoreFactory): void {
  it('finds what was opened, and nothing else', async () => {
    const { sessions } = await setUp();
    const session = newSession({ key: 'a' });
    const kept = { ...session, leaseExpiresAt: null, end: null };
    await expect(sessions.open(session, null)).resolves.toEqual({ status: 'granted', session: kept });
    await expect(sessions.find('a')).resolves.toEqual(kept);
    await expect(sessions.find('b')).resolves.toBeUndefined();
  });

  it('keeps every field as it is', async () => {
    const { sessions } = await setUp();
    const session = newSession({
      key: 'a',
      contentId: `it's "quoted" \\ {a,b} NULL`,
      device: 'Ünïcode 📺, on\nlines',
      format: undefined,
      loginId: null,
      deviceId: 'it\'s {"mine"} 📺',
    });
    await sessions.open(session, leaseOf());
    await expect(sessions.find('a')).resolves.toEqual({
      ...session,
      intent: 'play',
      leaseExpiresAt: NOW + 2 * MINUTE,
      end: null,
    });
  });

  it('gives back what was opened under the same key before, unchanged, also when it is over', async () => {
    const { sessions } = await setUp();
    await sessions.open(newSession({ key: 'a', device: 'first' }), leaseOf());
    const again = newSession({ key: 'a', device: 'second', contentId: 'other' });
    const known = { key: 'a', device: 'first', contentId: 'film', leaseExpiresAt: NOW + 2 * MINUTE };
    await expect(sessions.open(again, leaseOf({ now: NOW + 5 }))).resolves.toMatchObject({
      status: 'exists',
      session: known,
    });
    await sessions.end('a', { reason: 'closed' });
    await expect(sessions.open(again, null)).resolves.toMatchObject({
      status: 'exists',
      session: { device: 'first', end: { reason: 'closed' } },
    });
  });

  it('keeps one of those that are opened under one key at once', async () => {
    const { sessions } = await setUp();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async () => await sessions.open(newSession({ key: 'a' }), leaseOf())),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 9 }, () => 'exists'),
      'granted',
    ]);
  });

  it('makes a session play with its first stream, and leaves its stream alone where none is asked for', async () => {
    const { sessions } = await setUp();
    await sessions.open(newSession({ key: 'a' }), null);
    await expect(sessions.renew('a', { expiresAt: NOW + 70 * MINUTE, lease: null })).resolves.toMatchObject({
      status: 'granted',
      session: { intent: 'prefetch', leaseExpiresAt: null, expiresAt: NOW + 70 * MINUTE },
    });
    await expect(sessions.renew('a', { lease: leaseOf() })).resolves.toMatchObject({
      status: 'granted',
      session: { intent: 'play', leaseExpiresAt: NOW + 2 * MINUTE, expiresAt: NOW + 70 * MINUTE },
    });
    await expect(sessions.renew('a', { lease: null })).resolves.toMatchObject({
      session: { intent: 'play', leaseExpiresAt: NOW + 2 * MINUTE },
    });
  });

  it('says of a session that is not there that it is over', async () => {
    const { sessions } = await setUp();
    await expect(sessions.renew('a', { lease: leaseOf() })).resolves.toEqual({
      status: 'over',
      session: undefined,
    });
    await expect(sessions.renew('a', { lease: null })).resolves.toEqual({
      status: 'over',
      session: undefined,
    });
  });

  it('ends a session once: the first reason stays', async () => {
    const { sessions } = await setUp();
    await sessions.open(newSession({ key: 'a' }), leaseOf());
    await sessions.end('a', { reason: 'superseded', by: 'the TV' });
    await sessions.end('a', { reason: 'closed' });
    await sessions.end('unknown', { reason: 'closed' });
    await sessions.release('a');
    await expect(sessions.find('a')).resolves.toMatchObject({
      leaseExpiresAt: null,
      end: { reason: 'superseded', by: 'the TV' },
    });
    await expect(sessions.listStreams('anna', NOW)).resolves.toEqual([]);
  });

  it('ends all that a login opened, and nothing of others', async () => {
    const { sessions } = await setUp();
    await sessions.open(newSession({ key: 'a' }), leaseOf());
    await sessions.open(newSession({ key: 'b' }), null);
    await sessions.open(newSession({ key: 'c', loginId: 'login-2' }), leaseOf());
    await sessions.open(newSession({ key: 'd' }), null);
    await sessions.end('d', { reason: 'superseded', by: 'the TV' });
    await sessions.endAllOf('login-1');
    await sessions.endAllOf('unknown');

    const ends = await Promise.all(['a', 'b', 'c', 'd'].map(async (key) => (await sessions.find(key))?.end));
    expect(ends).toEqual([
      { reason: 'closed' },
      { reason: 'closed' },
      null,
      { reason: 'superseded', by: 'the TV' },
    ]);
  });

  it('ends all on one device of an account for good, and nothing of other devices and accounts', async () => {
    const { sessions } = await setUp();
    await sessions.open(newSession({ key: 'a' }), leaseOf());
    await sessions.open(newSession({ key: 'b' }), null);
    await sessions.end('b', { reason: 'superseded', by: 'the TV' });
    await sessions.open(newSession({ key: 'c', deviceId: 'device-2' }), leaseOf());
    await sessions.open(newSession({ key: 'd', deviceId: null }), leaseOf());
    await sessions.open(newSession({ key: 'e', accountId: 'ben' }), leaseOf());
    await sessions.endAllOn('anna', 'device-1');
    await sessions.endAllOn('anna', 'unknown');

    const keys = ['a', 'b', 'c', 'd', 'e'];
    const ends = await Promise.all(keys.map(async (key) => (await sessions.find(key))?.end));
    expect(ends).toEqual([{ reason: 'closed' }, { reason: 'closed' }, null, null, null]);
    await expect(sessions.listStreams('anna', NOW)).resolves.toMatchObject([{ key: 'c' }, { key: 'd' }]);
    const takingBack = { lease: leaseOf({ replace: 'oldest' }) };
    for (const key of ['a', 'b']) {
      await expect(sessions.renew(key, takingBack)).resolves.toMatchObject({ status: 'over' });
    }
  });

  it('can be asked about a session for fifteen minutes after its time', async () => {
    const { sessions, clock } = await setUp();
    await sessions.open(newSession({ key: 'a' }), null);
    await sessions.open(newSession({ key: 'b' }), null);
    await sessions.end('b', { reason: 'closed' });

    clock.now = NOW + 75 * MINUTE - 1;
    await expect(sessions.find('a')).resolves.toMatchObject({ key: 'a', end: null });
    await expect(sessions.find('b')).resolves.toMatchObject({ key: 'b', end: { reason: 'closed' } });
    clock.now += 1;
    await expect(sessions.find('a')).resolves.toBeUndefined();
    await expect(sessions.renew('a', { lease: null })).resolves.toEqual({
      status: 'over',
      session: undefined,
    });
    const anew = newSession({ key: 'a', expiresAt: clock.now + MINUTE });
    await expect(sessions.open(anew, null)).resolves.toMatchObject({ status: 'granted' });
  });

  it("keeps 256 sessions of an account and pushes out its oldest, not another account's", async () => {
    const { sessions } = await setUp();
    await sessions.open(newSession({ key: 'other', accountId: 'ben' }), null);
    for (let index = 0; index < 257; index += 1) await sessions.open(newSession({ key: `s${index}` }), null);

    await expect(sessions.find('s0')).resolves.toBeUndefined();
    await expect(sessions.find('s1')).resolves.toBeDefined();
    await expect(sessions.find('s256')).resolves.toBeDefined();
    await expect(sessions.find('other')).resolves.toBeDefined();
  });

  it('lets those without an account play without counting, and forgets their sessions as they end', async () => {
    const { sessions, clock } = await setUp();
    const nobodys = { accountId: null, loginId: null };
    for (const key of ['a', 'b']) {
      const limit = { streams: 1, onLimit: 'deny-new' } as const;
      await expect(sessions.open(newSession({ key, ...nobodys }), leaseOf({ limit }))).resolves.toMatchObject(
        {
          status: 'granted',
          session: { intent: 'play', leaseExpiresAt: null },
        },
      );
      await expect(sessions.renew(key, { lease: leaseOf({ limit }) })).resolves.toMatchObject({
        status: 'granted',
        session: { leaseExpiresAt: null },
      });
    }
    await sessions.end('a', { reason: 'closed' });
    await expect(sessions.find('a')).resolves.toBeUndefined();

    clock.now = NOW + 60 * MINUTE;
    await expect(sessions.find('b')).resolves.toBeUndefined();
  });

  it('has room for so many without an account, and says when it is full', async () => {
    const { sessions, clock } = await setUp();
    const nobodys = { accountId: null, loginId: null };
    for (let index = 0; index < ANONYMOUS_LIMIT; index += 1) {
      await sessions.open(newSession({ key: `s${index}`, ...nobodys }), null);
    }
    const next = newSession({ key: 'next', ...nobodys });
    await expect(sessions.open(next, leaseOf())).resolves.toEqual({ status: 'full' });
    await expect(sessions.find('next')).resolves.toBeUndefined();
    // What is there already is found, and accounts have room of their own.
    await expect(sessions.open(newSession({ key: 's0', ...nobodys }), null)).resolves.toMatchObject({
      status: 'exists',
    });
    await expect(sessions.open(newSession({ key: 'annas' }), null)).resolves.toMatchObject({
      status: 'granted',
    });

    await sessions.end('s0', { reason: 'closed' });
    await expect(sessions.open(next, null)).resolves.toMatchObject({ status: 'granted' });
    await expect(sessions.open(newSession({ key: 'more', ...nobodys }), null)).resolves.toEqual({
      status: 'full',
    });

    clock.now = NOW + 62 * MINUTE;
    const late = { ...nobodys, expiresAt: clock.now + MINUTE };
    await expect(sessions.open(newSession({ key: 'late', ...late }), null)).resolves.toMatchObject({
      status: 'granted',
    });
  });

  it('turns nobody without an account away as long as less than all of that room is in use', async () => {
    const { sessions, clock } = await setUp();
    const outcomes: string[] = [];
    // Two of three places are in use all the time.
    for (let second = 0; second < 300; second += 5) {
      clock.now = NOW + second * 1000;
      const nobodys = { accountId: null, loginId: null, expiresAt: clock.now + 10_000 };
      outcomes.push((await sessions.open(newSession({ key: `s${second}`, ...nobodys }), null)).status);
    }
    expect(outcomes.filter((status) => status !== 'granted')).toEqual([]);
  });

  it('does not exceed that room when many come at once', async () => {
    const { sessions } = await setUp();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        return await sessions.open(newSession({ key: `s${index}`, accountId: null, loginId: null }), null);
      }),
    );
    expect(outcomes.filter(({ status }) => status === 'granted')).toHaveLength(ANONYMOUS_LIMIT);
  });

  async function setUp() {
    const { tenant, clock } = await setUpStore(createStore);
    return { sessions: tenant.sessions, clock };
  }
}
