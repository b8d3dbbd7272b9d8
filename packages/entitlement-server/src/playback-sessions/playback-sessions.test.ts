import { expect, test } from 'vitest';

import { ConfiguredAccountDirectory } from '../accounts/account-directory.js';
import { authenticate, requireAccount, type Identity } from '../accounts/authenticate.js';
import { BearerSessions, InMemoryBearerSessionStore } from '../accounts/bearer-sessions.js';
import { demoAccounts } from '../accounts/demo-accounts.js';
import { InMemoryPlaybackSessionStore } from './playback-session-store.js';
import { PlaybackSessions } from './playback-sessions.js';

const clock = (): number => 1000;
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
    const { id, session } = await sessions.open({ contentId: 'film', intent: 'play' }, owner, 'A player');

    const heartbeat = await sessions.use(id, ANONYMOUS);
    await sessions.end(id, ANONYMOUS);

    await expect(sessions.renew(heartbeat)).rejects.toMatchObject({
      problem: { code: 'playback-session-ended' },
    });
    expect(await sessions.isOpen(session)).toBe(false);
  },
);

test('a session that opens while its sign-in ends cannot be used', async () => {
  const { sessions, bearers, identity } = await setup();
  await bearers.revoke(identity.login);
  await sessions.endAllOf(identity.login);
  const { id } = await sessions.open({ contentId: 'film', intent: 'play' }, identity, 'A player');

  await expect(sessions.use(id, ANONYMOUS)).rejects.toMatchObject({
    problem: { code: 'playback-session-ended' },
  });
});
