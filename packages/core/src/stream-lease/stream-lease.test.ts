import { describe, expect, it } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import { createFakeBackend, HEARTBEAT_SECONDS, LEASE_MS, OTHER_STREAMS } from '../testing/fake-backend.js';
import { turn } from '../testing/manual-clock.js';
import type { PlaybackSessionSource } from '../source/source.js';
import { A, setupPlayer, setupPlaying } from '../testing/setup-player.js';
import type { PageLifecycleListener } from './page-lifecycle.js';
import { StreamLease } from './stream-lease.js';

const SESSION = { id: 'the-secret-session', heartbeatSeconds: HEARTBEAT_SECONDS };
const HEARTBEAT_MS = HEARTBEAT_SECONDS * 1000;

type Kit = ReturnType<typeof setupPlayer>;

/** Elements report what they were told. */
function obey({ media, emit }: Kit) {
  media.pause.mockImplementation(() => emit((listener) => listener.onState({ paused: true })));
  media.play.mockImplementation(async () =>
    emit((listener) => {
      listener.onState({ paused: false });
      listener.onStatusEvent('playing');
    }),
  );
}

function leaseOf<Player extends Kit>(kit: Player, session: Partial<PlaybackSessionSource> = {}) {
  obey(kit);
  const backend = createFakeBackend(kit.clock);
  const listeners: PageLifecycleListener[] = [];
  const lease = new StreamLease({
    backend,
    session: { ...SESSION, ...session },
    player: kit.player,
    clock: kit.clock,
    page: { observe: (listener) => void listeners.push(listener) },
  });
  lease.start();
  const page = () => {
    const listener = listeners[0];
    if (!listener) throw new Error('Nobody listens to the page.');
    return listener;
  };
  const last = () => {
    const renewal = backend.renewals.at(-1);
    if (!renewal) throw new Error('Nothing was asked.');
    return renewal;
  };
  const state = kit.player.lease.getState;
  /** A heartbeat's time goes by. */
  const beat = async () => {
    kit.clock.advance(HEARTBEAT_MS);
    await turn();
  };

  return { ...kit, lease, backend, page, last, state, beat };
}

async function setupHeld() {
  const kit = leaseOf(await setupPlaying());
  await turn();
  kit.last().grant();
  await turn();

  return kit;
}

async function setupRefused() {
  const kit = leaseOf(await setupPlaying());
  await turn();
  kit.last().refuse();
  await turn();

  return kit;
}

describe('a lease', () => {
  it('is not asked for before playback begins, so that a prefetch takes none', async () => {
    const kit = setupPlayer();
    kit.player.setSource(A);
    kit.player.attach(kit.media);
    const { backend, state, clock, media, last } = leaseOf(kit);
    await turn();
    kit.load().resolve();
    await turn();
    clock.advance(HEARTBEAT_MS);
    expect(backend.calls).toEqual([]);
    expect(state().status).toBe('none');

    await media.play();
    await turn();
    last().grant();
    await turn();
    expect(state()).toMatchObject({ status: 'held', expiresAt: clock.now() + LEASE_MS, error: null });
  });

  it('is asked for before it plays where its session was refused one', async () => {
    const kit = setupPlayer();
    kit.player.setSource(A);
    kit.player.attach(kit.media);
    const { last, player } = leaseOf(kit, { takesStream: 'at-once' });
    await turn();
    last().refuse();
    await turn();

    expect(player.getState().error?.code).toBe('stream-limit-reached');
  });

  it('is kept by one heartbeat at a time, and what its readers have stays the same', async () => {
    const { backend, beat, last, state, clock } = await setupHeld();
    const { streams } = state();
    await beat();
    expect(backend.calls).toEqual(['renew', 'renew']);
    clock.advance(HEARTBEAT_MS / 2);
    await turn();
    expect(backend.calls).toHaveLength(2);

    last().grant();
    await turn();
    expect(state()).toMatchObject({ status: 'held', expiresAt: clock.now() + LEASE_MS });
    expect(state().streams).toBe(streams);
    clock.advance(HEARTBEAT_MS / 2);
    await turn();
    expect(backend.calls).toHaveLength(3);
  });

  it('of a film that pauses is kept', async () => {
    const { media, beat, backend, last } = await setupHeld();
    media.pause();
    await beat();
    last().grant();
    await turn();

    expect(backend.calls).toEqual(['renew', 'renew']);
  });

  it('that the title does not need is none, and the session is kept all the same', async () => {
    const { beat, last, state, player, backend } = await setupHeld();
    await beat();
    last().grant(null);
    await turn();
    expect(state()).toMatchObject({ status: 'none', expiresAt: null });

    for (let failure = 0; failure < 5; failure += 1) {
      await beat();
      last().fail();
      await turn();
    }
    expect(backend.calls).toHaveLength(7);
    expect(player.getState().status).toBe('playing');
  });

  it('holds no id of the session', async () => {
    const { player } = await setupRefused();

    const told = JSON.stringify([player.lease.getState(), player.getState(), player.timeline]);
    expect(told).not.toContain(SESSION.id);
  });
});

describe('while the server cannot be reached', () => {
  it('playback goes on until the lease ends, and then halts and says so', async () => {
    const { beat, last, state, player, clock, engine } = await setupHeld();
    const { expiresAt } = state();
    await beat();
    last().fail();
    await turn();
    expect(state()).toMatchObject({ status: 'uncertain', expiresAt, error: { code: 'entitlement-failed' } });
    expect(player.getState().status).toBe('playing');

    while (clock.now() < (expiresAt ?? 0)) {
      clock.advance(500);
      await turn();
      last().fail();
      await turn();
    }
    expect(state()).toMatchObject({ status: 'lost', expiresAt: null, error: { code: 'entitlement-failed' } });
    expect(player.getState()).toMatchObject({ status: 'error', error: { code: 'entitlement-failed' } });
    expect(player.getState().paused).toBe(true);
    expect(engine().unload).toHaveBeenCalledOnce();
  });

  it('a retry that gets through is a heartbeat as any', async () => {
    const { beat, last, state, clock, backend } = await setupHeld();
    await beat();
    last().fail();
    await turn();
    clock.advance(1000);
    await turn();
    last().grant();
    await turn();

    expect(backend.calls).toHaveLength(3);
    expect(state()).toMatchObject({ status: 'held', error: null });
  });

  it('a heartbeat without an answer ends in time, and the next is sent', async () => {
    const { beat, state, clock, last, backend } = await setupHeld();
    await beat();
    clock.advance(HEARTBEAT_MS);
    await turn();
    expect(last().signal?.aborted).toBe(true);
    expect(state().status).toBe('uncertain');

    clock.advance(1000);
    await turn();
    expect(backend.calls).toHaveLength(3);
  });

  it('the network that comes back is used at once, and playback goes on where it was', async () => {
    const { beat, last, state, player, clock, page, media } = await setupHeld();
    await beat();
    for (let step = 0; step < 60; step += 1) {
      last().fail();
      await turn();
      clock.advance(500);
      await turn();
    }
    expect(state().status).toBe('lost');

    page().onOnline();
    await turn();
    last().grant();
    await turn();
    expect(state().status).toBe('held');
    expect(media.play).toHaveBeenCalledOnce();
    expect(player.getState()).toMatchObject({ status: 'playing', currentTime: 30, error: null });
  });

  it('and could not be for too long, each new attempt says why, and a retry of the film is none without a stream', async () => {
    const { beat, last, state, player, clock, lease, load, emit } = await setupHeld();
    await beat();
    for (let step = 0; step < 60; step += 1) {
      last().fail();
      await turn();
      clock.advance(500);
      await turn();
    }
    const again = lease.renew();
    await turn();
    last().fail();
    await again;
    expect(state().error).toBe(player.getState().error);

    player.actions.retry();
    await turn();
    load().resolve();
    emit((listener) => listener.onState({ paused: false }));
    await turn();
    last().fail();
    await turn();
    expect(state().status).toBe('lost');
    expect(player.getState()).toMatchObject({ status: 'error', error: { code: 'entitlement-failed' } });
  });

  it('a timer that comes long after the lease has ended asks before it gives up', async () => {
    const { last, state, clock, player } = await setupHeld();
    clock.advance(10 * LEASE_MS);
    await turn();
    expect(player.getState().status).toBe('playing');

    last().grant();
    await turn();
    expect(state().status).toBe('held');
  });

  it('the first heartbeat may fail, as a session that is just opened has a stream already', async () => {
    const { last, state, clock, player } = leaseOf(await setupPlaying());
    await turn();
    last().fail();
    await turn();
    expect(state().status).toBe('uncertain');
    expect(player.getState().status).toBe('playing');

    clock.advance(1000);
    await turn();
    last().grant();
    await turn();
    expect(state().status).toBe('held');
  });
});

describe('a stream that is refused', () => {
  it('halts the player with what the account plays, and keeps what is loaded', async () => {
    const { state, player, engine, clock, backend } = await setupRefused();

    expect(state()).toMatchObject({ status: 'refused', streams: OTHER_STREAMS, takenOverBy: null });
    expect(player.getState()).toMatchObject({
      status: 'error',
      paused: true,
      error: { code: 'stream-limit-reached', recovery: 'stop-other-stream' },
    });
    expect(engine().unload).toHaveBeenCalledOnce();
    clock.advance(10 * HEARTBEAT_MS);
    expect(backend.calls).toEqual(['renew']);
  });

  it.each([
    ['the one that began first', undefined, 'oldest'],
    ['the chosen one', 's2', 's2'],
  ])('takes over %s, and plays on where it was, without a load', async (_, streamId, replace) => {
    const { lease, last, state, player, media, engines, backend } = await setupRefused();
    const done = lease.takeOver(streamId);
    await turn();
    expect(backend.calls.at(-1)).toBe(`renew, replacing ${replace}`);
    last().grant();
    await done;

    expect(state()).toMatchObject({ status: 'held', streams: [], error: null });
    expect(player.getState()).toMatchObject({ status: 'playing', currentTime: 30, error: null });
    expect(media.play).toHaveBeenCalledOnce();
    expect(engines.calls).toEqual(['unload', 'load /a.mpd']);
  });

  it('stays refused where the server still has no room, or cannot be reached', async () => {
    const { lease, last, state, player } = await setupRefused();
    const again = lease.renew();
    await turn();
    last().refuse();
    await again;
    expect(state()).toMatchObject({ status: 'refused', streams: OTHER_STREAMS });

    const takeOver = lease.takeOver();
    await turn();
    last().fail();
    await takeOver;
    expect(state()).toMatchObject({
      status: 'refused',
      streams: OTHER_STREAMS,
      error: { code: 'entitlement-failed' },
    });
    expect(player.getState().error?.code).toBe('stream-limit-reached');
  });

  it('does not play, whatever has it play', async () => {
    const { media, player } = await setupRefused();
    await media.play();

    expect(player.getState()).toMatchObject({ status: 'error', paused: true });
  });

  it('while the film loads ends the load; the stream then loads it again', async () => {
    const kit = setupPlayer();
    kit.player.setSource(A);
    kit.player.attach(kit.media);
    const { last, lease, player, load, engine } = leaseOf(kit);
    await turn();
    kit.emit((listener) => listener.onState({ paused: false }));
    await turn();
    last().refuse();
    await turn();
    expect(player.getState().error?.code).toBe('stream-limit-reached');
    expect(load().signal.aborted).toBe(true);

    const done = lease.takeOver();
    await turn();
    last().grant();
    await done;
    await turn();
    expect(engine().load).toHaveBeenCalledTimes(2);
  });

  it('by the license server is asked about, and the film is loaded again once there is room', async () => {
    const { engine, player, last, state, lease, backend, media } = await setupHeld();
    media.play.mockClear();
    engine().options.listener.onError(new PlaybackError('stream-taken-over'));
    await turn();
    expect(backend.calls).toEqual(['renew', 'renew']);
    last().supersede();
    await turn();
    expect(state()).toMatchObject({ status: 'lost', takenOverBy: 'Firefox on Linux' });
    expect(backend.calls).toHaveLength(2);

    const done = lease.takeOver();
    await turn();
    last().grant();
    await done;
    await turn();
    expect(engine().loads.at(-1)?.startTime).toBe(30);
    expect(player.getState().status).toBe('loading');
  });

  it('for who is asked, and not for room, is no stream error', async () => {
    const { beat, last, state, player } = await setupHeld();
    await beat();
    last().fail('subscription-expired');
    await turn();

    expect(state()).toMatchObject({ status: 'lost', streams: [], error: { code: 'subscription-expired' } });
    expect(player.getState().error?.code).toBe('subscription-expired');
  });
});

describe('a stream that is taken over', () => {
  it('says by whom, and is taken back where it was', async () => {
    const { beat, last, state, player, lease } = await setupHeld();
    await beat();
    last().supersede();
    await turn();
    expect(state()).toMatchObject({ status: 'lost', takenOverBy: 'Firefox on Linux' });
    expect(player.getState()).toMatchObject({ status: 'error', error: { code: 'stream-taken-over' } });

    const done = lease.takeOver();
    await turn();
    last().grant();
    await done;
    expect(player.getState()).toMatchObject({ status: 'playing', currentTime: 30 });
  });

  it('takes over in place of a heartbeat under way', async () => {
    const { last, lease, state, backend } = await setupRefused();
    void lease.renew();
    await turn();
    const heartbeat = last();
    const done = lease.takeOver();
    await turn();
    expect(heartbeat.signal?.aborted).toBe(true);
    heartbeat.refuse();
    last().grant();
    await done;

    expect(backend.calls).toEqual(['renew', 'renew', 'renew, replacing oldest']);
    expect(state().status).toBe('held');
  });

  it('of a player that fails meanwhile for another reason is loaded again', async () => {
    const { beat, last, lease, engine, player } = await setupHeld();
    await beat();
    last().supersede();
    await turn();
    engine().options.listener.onError(new PlaybackError('segment-unavailable'));
    await turn();
    expect(player.getState().error?.code).toBe('stream-taken-over');

    const done = lease.takeOver();
    await turn();
    last().grant();
    await done;
    await turn();
    expect(engine().loads.at(-1)?.startTime).toBe(30);
  });
});

describe('a stream is given back', () => {
  it('by hand, and playback pauses; it is taken again when playback goes on', async () => {
    const { lease, state, player, media, backend, last, beat } = await setupHeld();
    await lease.release();
    await beat();
    expect(state()).toMatchObject({ status: 'released', expiresAt: null });
    expect(player.getState().paused).toBe(true);
    expect(backend.calls).toEqual(['renew', 'release']);

    await media.play();
    await turn();
    last().grant();
    await turn();
    expect(state().status).toBe('held');
  });

  it('while paused, and taken again when playback goes on', async () => {
    const { lease, state, media, backend, last } = await setupHeld();
    media.pause();
    await lease.release();
    expect(state().status).toBe('released');

    await media.play();
    await turn();
    last().grant();
    await turn();
    expect(state().status).toBe('held');
    expect(backend.calls).toEqual(['renew', 'release', 'renew']);
  });

  it('by a page that is left, and taken again by one that comes back', async () => {
    const { page, state, backend, last, beat } = await setupHeld();
    page().onHide();
    expect(backend.calls).toEqual(['renew', 'release']);
    await beat();
    expect(state().status).toBe('released');
    expect(backend.calls).toHaveLength(2);

    page().onReturn();
    await turn();
    last().grant();
    await turn();
    expect(state().status).toBe('held');
  });

  it('at the end, once, and nothing is asked any more', async () => {
    const { lease, backend, beat, media } = await setupHeld();
    await lease.stop();
    await lease.stop();
    await media.play();
    await lease.takeOver();
    await beat();

    expect(backend.calls).toEqual(['renew', 'release']);
  });

  it('though playback never began, as the session may have been opened with one', async () => {
    const kit = leaseOf(setupPlayer());
    await kit.lease.stop();

    expect(kit.backend.calls).toEqual(['release']);
  });

  it('not where there is none', async () => {
    const { lease, backend, state } = await setupRefused();
    await lease.stop();

    expect(backend.calls).toEqual(['renew']);
    expect(state().status).toBe('refused');
  });

  it('before the next heartbeat is sent, which would otherwise lose what it got', async () => {
    const { backend, page } = await setupHeld();
    let arrive = () => {};
    backend.releaseStream.mockImplementation(() => new Promise((resolve) => (arrive = resolve)));
    page().onHide();
    page().onReturn();
    await turn();
    expect(backend.calls).toEqual(['renew']);

    arrive();
    await turn();
    expect(backend.calls).toEqual(['renew', 'renew']);
  });

  it('or not, where the server cannot be told: it ends by itself', async () => {
    const { backend, lease, state } = await setupHeld();
    backend.releaseStream.mockRejectedValue(new PlaybackError('entitlement-failed'));
    await lease.stop();

    expect(state().status).toBe('released');
  });
});

it('causes no license request, and asks the engine for nothing', async () => {
  const { lease, last, engine, page, beat } = await setupHeld();
  await beat();
  last().supersede();
  await turn();
  const done = lease.takeOver();
  await turn();
  last().grant();
  await done;
  page().onHide();
  page().onReturn();
  await lease.stop();

  expect(engine().load).toHaveBeenCalledOnce();
  expect(engine().renewLicense).not.toHaveBeenCalled();
  expect(engine().releaseLicense).not.toHaveBeenCalled();
});

it('a player that was halted by the lease before this one is asked for at once', async () => {
  const kit = await setupRefused();
  await kit.lease.stop();
  const { last, player } = leaseOf(kit);
  await turn();
  last().grant();
  await turn();

  expect(player.getState()).toMatchObject({ status: 'playing', currentTime: 30, error: null });
});
