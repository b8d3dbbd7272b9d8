import { PlaybackError } from '@secure-player/core';
import { describe, expect, it, vi } from 'vitest';

import { changeSession, type SessionChangeOptions } from './session-change.js';
import { createFakeMediaKeys } from './testing/fake-media-keys.js';

const OLD = {
  sessionId: 'old',
  sessionType: 'temporary',
  initData: new Uint8Array([7]),
  initDataType: 'cenc',
};

function setup(request?: () => Promise<void>) {
  const { mediaKeys, create, sessions } = createFakeMediaKeys(request);
  const timers = new Set<() => void>();
  const controller = new AbortController();
  const acquire = vi.fn<SessionChangeOptions['acquire']>(async () => new Uint8Array([9]));
  /** As Shaka does: it makes another session of the same media keys, and asks that for a license. */
  const retryLicensing = vi.fn(async () => {
    const session = mediaKeys.createSession('temporary');
    await session.generateRequest('cenc', new Uint8Array([7]));
    return true;
  });
  const options: SessionChangeOptions = {
    player: { retryLicensing },
    mediaKeys,
    clock: {
      now: () => 5,
      schedule(callback, milliseconds) {
        expect(milliseconds).toBe(10_000);
        timers.add(callback);
        return () => void timers.delete(callback);
      },
    },
    signal: controller.signal,
    acquire,
  };
  const change = (old: Parameters<typeof changeSession>[0] = OLD) => {
    const changed = changeSession(old, options);
    changed.catch(() => {});
    const session = sessions.at(-1);
    if (!session) throw new Error('No session was made.');
    return { changed, session };
  };
  const pass = () => [...timers].forEach((callback) => callback());

  return { change, create, sessions, mediaKeys, acquire, retryLicensing, timers, controller, pass };
}

describe('a session that is to take the place of another', () => {
  it('gets its license first, and then is what Shaka gets', async () => {
    const { change, create, mediaKeys, acquire, retryLicensing, timers } = setup();
    const { changed, session } = change();
    expect(session.methods.generateRequest).toHaveBeenCalledExactlyOnceWith('cenc', OLD.initData);
    session.say(1, 2);
    expect(acquire).toHaveBeenCalledExactlyOnceWith(session, new Uint8Array([1, 2]), 'license-request');
    await vi.waitUntil(() => session.methods.update.mock.calls.length > 0);
    expect(retryLicensing).not.toHaveBeenCalled();
    session.hold('usable');

    expect(await changed).toEqual({ keysGoneAt: 5, keysBackAt: 5 });
    expect(retryLicensing).toHaveBeenCalledExactlyOnceWith({ sessionId: 'old' }, 0);
    // Neither another session, nor another request.
    expect(create).toHaveBeenCalledOnce();
    expect(session.methods.generateRequest).toHaveBeenCalledOnce();
    expect(session.methods.close).not.toHaveBeenCalled();
    expect(Object.keys(mediaKeys)).toEqual([]);
    expect(timers.size).toBe(0);
  });

  it('may need more than one round', async () => {
    const { change, acquire } = setup();
    const { changed, session } = change();
    session.say(1);
    await vi.waitUntil(() => session.methods.update.mock.calls.length === 1);
    session.say(2);
    await vi.waitUntil(() => session.methods.update.mock.calls.length === 2);
    session.hold('usable');
    await changed;

    expect(acquire).toHaveBeenCalledTimes(2);
  });

  it('waits for a module that has not made up its mind, and asks nobody about nothing', async () => {
    const { change, acquire, retryLicensing } = setup();
    const { changed, session } = change();
    session.say();
    session.hold('status-pending');
    await Promise.resolve();
    expect(retryLicensing).not.toHaveBeenCalled();

    session.keyStatuses.clear();
    session.hold('usable');
    await changed;
    expect(acquire).not.toHaveBeenCalled();
  });
});

it('is for its own init data: what the stream brings up in that moment gets a session like any', async () => {
  const { change, sessions, mediaKeys, retryLicensing } = setup();
  const taken: MediaKeySession[] = [];
  retryLicensing.mockImplementation(async () => {
    for (const byte of [8, 7]) {
      const session = mediaKeys.createSession('temporary');
      taken.push(session);
      await session.generateRequest('cenc', new Uint8Array([byte]));
    }
    return true;
  });
  const { changed, session } = change();
  session.hold('usable');
  await changed;

  expect(taken.map(({ sessionId }) => sessionId)).toEqual(['session-1', 'session-0']);
  expect(sessions[1]?.methods.generateRequest).toHaveBeenCalledExactlyOnceWith('cenc', new Uint8Array([8]));
  expect(session.methods.generateRequest).toHaveBeenCalledOnce();
});

describe('nothing has happened to the old session', () => {
  it('where the license is refused', async () => {
    const { change, acquire, retryLicensing } = setup();
    acquire.mockRejectedValue(new PlaybackError('subscription-expired'));
    const { changed, session } = change();
    session.say(1);

    await expect(changed).rejects.toMatchObject({ code: 'subscription-expired' });
    expect(session.methods.close).toHaveBeenCalledOnce();
    expect(retryLicensing).not.toHaveBeenCalled();
  });

  it('where the title ends while the new one opens, which is closed when it has', async () => {
    let open = () => {};
    const { change, controller } = setup(() => new Promise((resolve) => (open = resolve)));
    const { changed, session } = change();
    controller.abort();
    await expect(changed).rejects.toBeDefined();
    expect(session.methods.close).not.toHaveBeenCalled();

    open();
    await vi.waitUntil(() => session.methods.close.mock.calls.length === 1);
  });

  it('where the module refuses the license', async () => {
    const { change, retryLicensing } = setup();
    const { changed, session } = change();
    session.methods.update.mockRejectedValue(new TypeError('x'));
    session.say(1);

    await expect(changed).rejects.toMatchObject({ code: 'license-rejected' });
    expect(retryLicensing).not.toHaveBeenCalled();
  });

  it.each(['before the license', 'after it'])('where the new one falls silent %s', async (when) => {
    const { change, pass, timers } = setup();
    const { changed, session } = change();
    if (when === 'after it') {
      session.say(1);
      await vi.waitUntil(() => timers.size === 0);
      await vi.waitUntil(() => timers.size === 1);
    }
    pass();

    await expect(changed).rejects.toMatchObject({ code: 'license-timeout' });
  });

  it('where there is no init data to ask with', async () => {
    const { sessions, retryLicensing } = setup();
    const options = { player: { retryLicensing } } as unknown as SessionChangeOptions;

    await expect(changeSession({ ...OLD, initData: null }, options)).rejects.toMatchObject({
      code: 'license-request-failed',
    });
    expect(sessions).toEqual([]);
  });

  it('where the module makes no session', async () => {
    const { create, mediaKeys, retryLicensing } = setup();
    create.mockImplementation(() => {
      throw new DOMException('x', 'QuotaExceededError');
    });
    const options = { player: { retryLicensing }, mediaKeys } as unknown as SessionChangeOptions;

    await expect(changeSession(OLD, options)).rejects.toMatchObject({ code: 'drm-setup-failed' });
  });

  it('where the title is closed meanwhile', async () => {
    const { change, controller, timers } = setup();
    const { changed, session } = change();
    controller.abort();

    await expect(changed).rejects.toBeDefined();
    expect(session.methods.close).toHaveBeenCalledOnce();
    expect(timers.size).toBe(0);
  });
});

it('that has a stored license is deleted with it where Shaka knows the old one no more', async () => {
  const { change, retryLicensing, sessions, acquire } = setup();
  retryLicensing.mockResolvedValue(false);
  const { changed, session } = change({ ...OLD, sessionType: 'persistent-license' });
  session.hold('usable');
  await vi.waitUntil(() => sessions[1] && sessions[1].methods.remove.mock.calls.length > 0);
  expect(sessions[1]?.methods.load).toHaveBeenCalledExactlyOnceWith('session-0');
  acquire.mockRejectedValue(new PlaybackError('license-refused'));
  sessions[1]?.say(1);

  await expect(changed).rejects.toMatchObject({ code: 'key-expired' });
});

it('is closed where the old one has ended meanwhile, so that Shaka knows it no more', async () => {
  const { change, retryLicensing, mediaKeys } = setup();
  retryLicensing.mockResolvedValue(false);
  const { changed, session } = change();
  session.hold('usable');

  await expect(changed).rejects.toMatchObject({ code: 'key-expired' });
  expect(session.methods.close).toHaveBeenCalledOnce();
  expect(Object.keys(mediaKeys)).toEqual([]);
});
