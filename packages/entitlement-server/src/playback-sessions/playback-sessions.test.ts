import { expect, test } from 'vitest';

import { ConfiguredAccountDirectory } from '../accounts/account-directory.js';
import { authenticate, requireAccount, type Identity } from '../accounts/authenticate.js';
import { BearerSessions, InMemoryBearerSessionStore } from '../accounts/bearer-sessions.js';
import { demoAccounts } from '../accounts/demo-accounts.js';
import { createOpaqueSecret } from '../secrets/opaque-secret.js';
import { InMemoryPlaybackSessionStore } from './in-memory-playback-session-store.js';
import { PlaybackSessions } from './playback-sessions.js';

const clock = (): number => 1000;
const OPENING = {
  request: { contentId: 'film', intent: 'play' },
  device: 'A player',
  plan: null,
  network: null,
} as const;
const ANONYMOUS: Identity = { status: 'anonymous' };

async function setup(): Promise<{
  sessions: PlaybackSessions;
  bearers: BearerSessions;
  identity: Extract<Identity, { status: 'account' }>;
}> {
  const accounts = new ConfiguredAccountDirectory(demoAccounts());
  const bearers = new BearerSessions({ store: new InMemoryBearerSessionStore(clock), clock, ttlSeconds: 60 });
  const sessions = new PlaybackSessions({
    store: new InMemoryPlaybackSessionStore({ clock, anonymousLimit: 10 }),
    accounts,
    bearers,
    clock,
    ttlSeconds: 60,
    prefetchTtlSeconds: 60,
    heartbeatSeconds: 10,
    leaseGraceSeconds: 5,
    anonymousPerNetwork: 100,
  });
  const { token } = await bearers.issue('demo-premium');
  const request = new Request('http://localhost/', { headers: { Authorization: `Bearer ${token}` } });
  const identity = requireAccount(await authenticate(request, { bearers, accounts }));
  return { sessions, bearers, identity };
}

test.each(['account', 'anonymous'])(
  'a heartbeat that began before the end does not undo it: %s',
  async (status) => {
    const { sessions, identity } = await setup();
    const owner = status === 'account' ? identity : ANONYMOUS;
    const id = createOpaqueSecret();
    const opened = await sessions.open({ ...OPENING, id, identity: owner });

    const heartbeat = await sessions.use(id, ANONYMOUS);
    await sessions.end(id, ANONYMOUS);

    await expect(sessions.renew(heartbeat, { plan: null })).rejects.toMatchObject({
      problem: { code: 'playback-session-ended' },
    });
    await expect(sessions.use(id, ANONYMOUS)).rejects.toMatchObject({
      problem: { status: expect.any(Number) },
    });
    expect(opened.status).toBe('granted');
  },
);

test('a session that opens while its sign-in ends cannot be used', async () => {
  const { sessions, bearers, identity } = await setup();
  await bearers.revoke(identity.login);
  await sessions.endAllOf(identity.login);
  const id = createOpaqueSecret();
  await sessions.open({ ...OPENING, id, identity });

  await expect(sessions.use(id, ANONYMOUS)).rejects.toMatchObject({
    problem: { code: 'playback-session-ended' },
  });
});
