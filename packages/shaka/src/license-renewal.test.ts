import { PlaybackError, resolveSource, type KeyStatusPolicy, type Source } from '@secure-player/core';
import { describe, expect, it, vi } from 'vitest';

import type { LicenseHandler } from './intercept-licenses.js';
import { LicenseRenewal } from './license-renewal.js';
import type { ShakaRequest } from './shaka-namespace.js';
import { createFakeMediaKeys } from './testing/fake-media-keys.js';
import { createFakeShakaPlayer } from './testing/fake-shaka-player.js';

const HOUR = 3_600_000;

const SESSION = {
  sessionId: 'old',
  sessionType: 'temporary',
  initData: new Uint8Array([7]),
  initDataType: 'cenc',
};

function setup(
  keySystem: keyof NonNullable<Source['drm']> = 'org.w3.clearkey',
  policy: KeyStatusPolicy = {},
) {
  const { player, title } = createFakeShakaPlayer({ sessions: [SESSION], keyStatuses: { a: 'usable' } });
  const { mediaKeys, sessions } = createFakeMediaKeys();
  const timers = new Set<{ at: number; callback: () => void }>();
  const time = { now: 0 };
  const onChange = vi.fn();
  const source = resolveSource({ src: '/a.mpd', drm: { [keySystem]: { licenseUrl: '/license' } } });
  const renewal = new LicenseRenewal({
    player,
    element: { mediaKeys },
    chosen: source.keySystems[0] ?? null,
    clock: {
      now: () => time.now,
      schedule(callback, milliseconds) {
        const timer = { at: time.now + milliseconds, callback };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
    },
    random: () => 0,
    keyStatusPolicy: () => policy,
    onChange,
  });
  const send = vi.fn<LicenseHandler>(async () => new Uint8Array([9]));
  const handle = renewal.keep(send);
  /** As Shaka does: it knows its sessions by id, and closes one before it asks for another. */
  player.retryLicensing.mockImplementation(async ({ sessionId }) => {
    if (!title.sessions.some((session) => session.sessionId === sessionId)) return false;

    await Promise.resolve();
    const session = mediaKeys.createSession('temporary');
    await session.generateRequest('cenc', SESSION.initData);
    title.sessions = [{ ...SESSION, sessionId: session.sessionId }];
    return true;
  });
  const request = (licenseRequestType: string) =>
    handle('/from-manifest', { licenseRequestType } as ShakaRequest, new AbortController().signal);
  const pass = (milliseconds: number) => {
    time.now += milliseconds;
    for (const timer of timers) if (timer.at <= time.now && timers.delete(timer)) timer.callback();
  };
  /** Lets the newest session ask, and take what it gets. */
  const license = async () => {
    const session = sessions.at(-1);
    const before = renewal.state.lastRenewal;
    session?.say(1);
    await vi.waitUntil(() => session?.methods.update.mock.calls.length === 1);
    session?.hold('usable');
    await vi.waitUntil(() => renewal.state.lastRenewal !== before);
  };

  return { renewal, player, title, sessions, send, request, pass, license, time, onChange, timers };
}

describe('ahead of its end', () => {
  it.each([
    ['org.w3.clearkey', 600],
    ['com.microsoft.playready', 600],
    ['com.widevine.alpha', 300],
  ] as const)('a license of %s is renewed by a new session, %i s before', async (keySystem, lead) => {
    const { renewal, pass, sessions, send, request, license, time } = setup(keySystem);
    await request('license-request');
    renewal.noteExpiration(HOUR);
    pass(HOUR - lead * 1_000 - 1);
    expect(sessions).toEqual([]);
    pass(1);
    expect(renewal.state.renewal).toBe('under-way');
    await license();

    expect(send).toHaveBeenLastCalledWith(
      '/from-manifest',
      expect.objectContaining({ licenseRequestType: 'license-renewal', sessionId: 'session-0' }),
      expect.anything(),
    );
    expect(renewal.state).toEqual({ renewal: 'none', lastRenewal: { at: time.now, gapMs: 0 } });
  });

  it('a license of FairPlay is asked for by its own session', async () => {
    const { renewal, pass, player, request, sessions } = setup('com.apple.fps');
    renewal.noteExpiration(HOUR);
    pass(HOUR - 600_000);
    expect(player.renewLicense).toHaveBeenCalledOnce();
    // Whatever the module calls it.
    await request('license-request');
    renewal.noteUpdate();

    expect(sessions).toEqual([]);
    expect(renewal.state).toMatchObject({ renewal: 'none', lastRenewal: { gapMs: 0 } });
  });

  it.each(['error', 'continue'] as const)('nothing is asked for where the policy is `%s`', (expired) => {
    const { renewal, pass, sessions } = setup('org.w3.clearkey', { expired });
    renewal.noteExpiration(HOUR);
    pass(HOUR);

    expect(sessions).toEqual([]);
  });

  it('nothing is planned any more once the title is closed', () => {
    const { renewal, timers } = setup();
    renewal.noteExpiration(HOUR);
    renewal.close();

    expect(timers.size).toBe(0);
  });
});

describe('a renewal that a page asks for', () => {
  it('is one, however often it is asked for at once', async () => {
    const { renewal, sessions, license, send } = setup();
    const renewals = Promise.all([renewal.renew(), renewal.renew()]);
    await license();
    await renewals;

    expect(sessions).toHaveLength(1);
    expect(send).toHaveBeenCalledOnce();
  });

  it('takes the license request out of what PlayReady says', async () => {
    const { renewal, send, license } = setup('com.microsoft.playready');
    const renewed = renewal.renew();
    await license();
    await renewed;

    const headers = { 'content-type': 'text/xml; charset=utf-8' };
    expect(send.mock.calls[0]?.[1]).toMatchObject({ headers, body: new Uint8Array([1]) });
  });

  it('has nothing to do where there was never a session, and comes too late where all are gone', async () => {
    const { renewal, title } = setup();
    title.sessions = [];
    await expect(renewal.renew()).rejects.toMatchObject({ code: 'key-expired' });

    title.keyStatuses = {};
    await expect(renewal.renew()).resolves.toBeUndefined();
  });

  it('ends in time where a session of FairPlay says nothing', async () => {
    const { renewal, pass, timers } = setup('com.apple.fps');
    const renewed = renewal.renew();
    pass(10_000);

    await expect(renewed).rejects.toMatchObject({ code: 'license-timeout' });
    expect(timers.size).toBe(0);
  });

  it('is given up quietly where the title is closed', async () => {
    const { renewal } = setup();
    const renewed = renewal.renew();
    renewal.close();

    await expect(renewed).resolves.toBeUndefined();
  });
});

describe('a license that is given back', () => {
  it('while it is renewed, is given back when that is done', async () => {
    const { renewal, license, title, sessions, player } = setup();
    const renewed = renewal.renew();
    const released = renewal.release();
    expect(player.retryLicensing).not.toHaveBeenCalled();
    await license();
    await Promise.all([renewed, released]);

    expect(player.retryLicensing.mock.calls).toEqual([
      [{ sessionId: 'old' }, 0],
      [{ sessionId: 'session-0' }, 0],
    ]);
    expect(sessions).toHaveLength(1);
    expect(title.sessions[0]?.sessionId).toMatch(/^released-/);
    expect(renewal.isReleased).toBe(true);
  });

  it('and asked for while that goes on, comes again in another session', async () => {
    const { renewal, license, title, sessions } = setup();
    const first = renewal.renew();
    const released = renewal.release();
    const again = renewal.renew();
    await license();
    await Promise.all([first, released]);
    await vi.waitUntil(() => sessions.length === 2);
    await license();
    await again;

    expect(title.sessions[0]?.sessionId).toBe('session-1');
    expect(renewal.isReleased).toBe(false);
  });

  it('of FairPlay comes again by another load only', async () => {
    const { renewal, player } = setup('com.apple.fps');
    await renewal.release();

    await expect(renewal.renew()).rejects.toMatchObject({ code: 'key-expired' });
    expect(player.renewLicense).not.toHaveBeenCalled();
  });

  it('is deleted where the module has stored it, with a release that is sent like a license request', async () => {
    const { renewal, sessions, send, title } = setup();
    title.sessions = [{ ...SESSION, sessionType: 'persistent-license' }];
    const released = renewal.release();
    await vi.waitUntil(() => sessions[0] && sessions[0].methods.remove.mock.calls.length > 0);
    const [session] = sessions;
    // The title ends meanwhile, as one does that has no license.
    renewal.close();
    session?.methods.update.mockImplementation(async () => session.end('release-acknowledged'));
    session?.say(1, 2);
    await released;

    expect(session?.methods.load).toHaveBeenCalledExactlyOnceWith('old');
    const [, request, signal] = send.mock.calls[0] ?? [];
    expect(request).toMatchObject({ licenseRequestType: 'license-release', body: new Uint8Array([1, 2]) });
    expect(signal?.aborted).toBe(false);
  });

  it('is deleted where another takes its place, and a failure at that is none of the renewal', async () => {
    const { renewal, sessions, license, title } = setup();
    title.sessions = [{ ...SESSION, sessionType: 'persistent-license' }];
    const renewed = renewal.renew();
    await license();
    await vi.waitUntil(() => sessions.length === 2);
    sessions[1]?.methods.update.mockRejectedValue(new TypeError('x'));
    sessions[1]?.say(1);
    await renewed;

    expect(sessions[1]?.methods.load).toHaveBeenCalledExactlyOnceWith('old');
    expect(renewal.refusal).toBeNull();
  });

  it('is not asked for again by the schedule, nor for keys that do not decrypt', async () => {
    const { renewal, sessions, pass } = setup();
    renewal.noteExpiration(HOUR);
    await renewal.release();
    pass(HOUR);
    await renewal.rebuild();

    expect(sessions).toEqual([]);
  });
});

describe('a renewal that the module asks for', () => {
  it('is under way until it is answered', async () => {
    const { renewal, request, onChange } = setup('com.widevine.alpha');
    const answered = request('license-renewal');
    expect(renewal.state.renewal).toBe('under-way');
    await answered;

    expect(renewal.state).toMatchObject({ renewal: 'none', lastRenewal: { gapMs: 0 } });
    expect(onChange).toHaveBeenCalledTimes(2);
  });
});

describe('a renewal that fails', () => {
  const fail = async (code: PlaybackError['code']) => {
    const kit = setup();
    kit.renewal.noteExpiration(HOUR);
    kit.pass(HOUR - 600_000);
    kit.send.mockRejectedValueOnce(new PlaybackError(code));
    kit.sessions.at(-1)?.say(1);
    await vi.waitUntil(() => kit.renewal.state.renewal !== 'under-way');

    return kit;
  };

  it('for the moment is tried again, and is no refusal', async () => {
    const { renewal, pass, license, sessions, player } = await fail('license-unreachable');
    expect(renewal.state.renewal).toBe('none');
    expect(renewal.refusal).toBeNull();
    expect(player.retryLicensing).not.toHaveBeenCalled();
    pass(200_000);
    await license();

    expect(sessions).toHaveLength(2);
    expect(renewal.state.lastRenewal).toBeDefined();
  });

  it('for being refused is not tried again, until a page asks', async () => {
    const { renewal, pass, license, sessions } = await fail('subscription-expired');
    expect(renewal.state.renewal).toBe('refused');
    expect(renewal.refusal?.code).toBe('subscription-expired');
    pass(599_000);
    expect(sessions).toHaveLength(1);

    const renewed = renewal.renew();
    await license();
    await renewed;
    expect(renewal.state.renewal).toBe('none');
    expect(renewal.refusal).toBeNull();
  });

  it('for an answer that the module does not take is tried again', async () => {
    const { renewal, request } = setup('com.widevine.alpha');
    renewal.noteExpiration(HOUR);
    await request('license-renewal');
    renewal.noteRejection(new PlaybackError('license-rejected'));

    expect(renewal.state.renewal).toBe('none');
  });
});
