import { PlaybackError } from '@secure-player/core';
import type { SessionExchangeOptions } from '@secure-player/core/dom';
import { describe, expect, it, vi } from 'vitest';

import { isStored, removeStoredLicense } from './stored-license.js';
import { createFakeMediaKeys } from './testing/fake-media-keys.js';
import { createManualClock } from './testing/manual-clock.js';

type FakeSession = ReturnType<typeof createFakeMediaKeys>['sessions'][number];

function setup(prepare: (session: FakeSession) => void = () => {}) {
  const { mediaKeys, create, sessions } = createFakeMediaKeys();
  create.mockReturnValueOnce(create());
  create.mockClear();
  const [session] = sessions;
  if (!session) throw new Error('No session was made.');
  prepare(session);
  const clock = createManualClock();
  const acquire = vi.fn<SessionExchangeOptions['acquire']>(async () => new Uint8Array([9]));
  const { signal } = new AbortController();
  const removed = removeStoredLicense('old', mediaKeys, { clock, signal, acquire });
  removed.catch(() => {});

  return { removed, session, create, acquire, clock };
}

describe('a license that a module has stored', () => {
  it('is deleted, which its server acknowledges', async () => {
    const { removed, session, create, acquire, clock } = setup();
    expect(create).toHaveBeenCalledExactlyOnceWith('persistent-license');
    expect(session.methods.load).toHaveBeenCalledExactlyOnceWith('old');
    await vi.waitUntil(() => session.methods.remove.mock.calls.length > 0);
    session.methods.update.mockImplementation(async () => session.end('release-acknowledged'));
    session.say(1);
    await removed;

    expect(acquire).toHaveBeenCalledExactlyOnceWith(session, new Uint8Array([1]), expect.any(String));
    expect(session.methods.close).not.toHaveBeenCalled();
    expect(clock.pending()).toBe(0);
  });

  it('needs nothing where it is gone', async () => {
    const { removed, session } = setup(({ methods }) => methods.load.mockResolvedValue(false));
    await removed;

    expect(session.methods.remove).not.toHaveBeenCalled();
  });

  it('that the server does not want to know of is its failure, and the session is closed', async () => {
    const { removed, session, acquire } = setup();
    acquire.mockRejectedValue(new PlaybackError('license-refused'));
    session.say(1);

    await expect(removed).rejects.toMatchObject({ code: 'license-refused' });
    expect(session.methods.close).toHaveBeenCalledOnce();
  });

  it.each(['load', 'remove'] as const)('of which the module refuses to %s is a failure', async (method) => {
    const refuse = async () => {
      throw new DOMException('x', 'InvalidStateError');
    };
    const { removed } = setup(({ methods }) => methods[method].mockImplementation(refuse));

    await expect(removed).rejects.toMatchObject({ code: 'license-release-failed' });
  });

  it('is waited for as long as a module may be silent', async () => {
    const { removed, clock, session } = setup();
    clock.advance(10_000);

    await expect(removed).rejects.toMatchObject({ code: 'license-timeout' });
    expect(session.methods.close).toHaveBeenCalledOnce();
  });

  it('is one of a persistent session', () => {
    expect(isStored({ sessionType: 'persistent-license' })).toBe(true);
    expect(isStored({ sessionType: 'temporary' })).toBe(false);
  });
});
