import { describe, expect, it } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import { turn } from '../testing/manual-clock.js';
import { A, B, setupPlayer, setupPlaying } from '../testing/setup-player.js';
import { IDLE_STATE } from './player-state.js';
import { SUSPENSION_MS } from './suspension.js';

/** A player that played at 30 seconds when its component was hidden. */
async function setupHidden() {
  const kit = await setupPlaying();
  kit.media.pause.mockImplementation(() => kit.emit((listener) => listener.onState({ paused: true })));
  kit.detach({ keep: true });
  await turn();

  return kit;
}

describe('hidden', () => {
  it('pauses, and keeps the engine', async () => {
    const { media, engine, clock, player } = await setupHidden();

    expect(media.pause).toHaveBeenCalledOnce();
    expect(clock.pending()).toEqual([30_000]);
    clock.advance(SUSPENSION_MS - 1);
    await turn();
    expect(engine().destroy).not.toHaveBeenCalled();
    expect(player.getState()).toMatchObject({ currentTime: 30, paused: true });
  });

  it('for long lets go of everything', async () => {
    const { engine, clock, player, listeners } = await setupHidden();
    clock.advance(SUSPENSION_MS);
    await turn();

    expect(engine().destroy).toHaveBeenCalledOnce();
    expect(listeners.size).toBe(0);
    expect(player.getState()).toEqual(IDLE_STATE);
  });

  it('and then removed lets go at once', async () => {
    const { detach, engine, clock } = await setupHidden();
    detach();
    await turn();

    expect(engine().destroy).toHaveBeenCalledOnce();
    expect(clock.pending()).toEqual([]);
  });

  it('while it loads does not play out of sight, whatever has it play', async () => {
    const { player, media, load, emit } = setupPlayer();
    player.setSource(A);
    const detach = player.attach(media);
    await turn();
    detach({ keep: true });
    await turn();
    expect(media.pause).not.toHaveBeenCalled();

    load().resolve();
    emit((listener) => listener.onState({ paused: false }));
    expect(media.pause).toHaveBeenCalledOnce();

    player.attach(media);
    expect(media.play).toHaveBeenCalledOnce();
  });
});

describe('shown again', () => {
  it('plays on in the same engine, without a load', async () => {
    const { player, media, engines, clock } = await setupHidden();
    player.attach(media);
    await turn();

    expect(media.play).toHaveBeenCalledOnce();
    expect(engines.made).toHaveLength(1);
    expect(engines.calls).toEqual(['unload', 'load /a.mpd']);
    expect(clock.pending()).toEqual([]);
    expect(player.getState().currentTime).toBe(30);
  });

  it('stays paused where the viewer had paused', async () => {
    const { player, media, emit, detach } = await setupPlaying();
    emit((listener) => listener.onState({ paused: true }));
    detach({ keep: true });
    await turn();
    player.attach(media);

    expect(media.pause).not.toHaveBeenCalled();
    expect(media.play).not.toHaveBeenCalled();
  });

  it('in the same task, as under StrictMode, has paused nothing', async () => {
    const { player, media, engines, detach, clock } = await setupPlaying();
    detach({ keep: true });
    player.attach(media);
    await turn();

    expect(media.pause).not.toHaveBeenCalled();
    expect(clock.pending()).toEqual([]);
    expect(engines.made).toHaveLength(1);
  });

  it('late loads again, where playback stopped, and plays on', async () => {
    const { player, media, clock, engines, load } = await setupHidden();
    clock.advance(SUSPENSION_MS);
    player.attach(media);
    await turn();
    expect(engines.made).toHaveLength(2);
    expect(load().startTime).toBe(30);

    load().resolve();
    await turn();
    expect(media.play).toHaveBeenCalledOnce();
  });

  it.each([0, SUSPENSION_MS])(
    'after %i ms with another source plays that one, from its start',
    async (ms) => {
      const { player, media, clock, load } = await setupHidden();
      clock.advance(ms);
      player.setSource(B);
      player.attach(media);
      await turn();
      load().resolve();
      await turn();

      expect(load()).toMatchObject({ src: '/b.mpd', startTime: undefined });
      expect(media.play).not.toHaveBeenCalled();
    },
  );

  it('shows a failure that struck meanwhile, and a retry plays on from there', async () => {
    const { player, media, engine, load } = await setupHidden();
    engine().options.listener.onError(new PlaybackError('key-expired'));
    player.attach(media);
    await turn();
    expect(media.play).not.toHaveBeenCalled();
    expect(player.getState().error?.code).toBe('key-expired');

    player.actions.retry();
    await turn();
    expect(load().startTime).toBe(30);
    load().resolve();
    await turn();
    expect(media.play).toHaveBeenCalledOnce();
  });

  it('survives a browser that refuses to play', async () => {
    const { player, media } = await setupHidden();
    media.play.mockRejectedValue(new DOMException('gesture', 'NotAllowedError'));
    player.attach(media);
    await turn();

    expect(player.getState().error).toBeNull();
  });
});
