import { expect, it, vi } from 'vitest';

import { turn } from '../testing/manual-clock.js';
import { A, B, setupPlayer } from '../testing/setup-player.js';

const QUALITY = { id: 'a', width: 1280, height: 720, bandwidth: 1, frameRate: null, codecs: null };

/** A player that loads `A`, a second after it began, with 400 ms of protection on the way. */
async function setup() {
  const kit = setupPlayer();
  const { player, clock, engine, load, emit, media } = kit;
  player.setSource(A);
  player.attach(media);
  await turn();
  const { listener, timeline } = engine().options;
  clock.advance(100);
  const step = timeline?.begin('server');
  clock.advance(400);
  step?.end('ok');
  clock.advance(500);
  load().resolve();
  await turn();
  const show = () => emit((to) => to.onFirstFrame());
  const status = (event: 'playing' | 'stalled' | 'paused') => emit((to) => to.onStatusEvent(event));

  return { ...kit, listener, show, status };
}

it('tells the time to the first frame, and the share of protection in it', async () => {
  const { player, show, clock } = await setup();
  expect(player.experience.getState()).toMatchObject({ timeToFirstFrameMs: null, drmShare: null });

  show();
  clock.advance(9_000);
  expect(player.experience.getState()).toMatchObject({ timeToFirstFrameMs: 1_000, drmShare: 0.4 });
});

it('tells stops for want of data, and not those of a seek', async () => {
  const { player, show, status, clock, media } = await setup();
  show();
  status('playing');
  clock.advance(9_000);
  status('stalled');
  clock.advance(1_000);
  expect(player.experience.measure()).toMatchObject({
    rebufferCount: 1,
    rebufferSeconds: 1,
    rebufferRatio: 0.1,
  });

  status('playing');
  media.isSeeking.mockReturnValue(true);
  status('stalled');
  clock.advance(5_000);
  expect(player.experience.measure()).toMatchObject({ rebufferCount: 1, rebufferSeconds: 1 });
});

it('tells of frames and of renditions', async () => {
  const { player, listener, media, status } = await setup();
  media.countFrames.mockReturnValue({ dropped: 2, total: 50 });
  listener.onState({ quality: QUALITY });
  listener.onState({ quality: { ...QUALITY, id: 'b' } });
  status('playing');

  expect(player.experience.getState()).toMatchObject({
    droppedFrames: 2,
    totalFrames: 50,
    qualitySwitches: 1,
  });
});

it('says nothing while playback goes on as it does', async () => {
  const { player, show, status, clock, emit } = await setup();
  show();
  status('playing');
  const listener = vi.fn();
  player.experience.subscribe(listener);
  for (const currentTime of [1, 2, 3, 4]) {
    clock.advance(1_000);
    emit((to) => to.onState({ currentTime }));
  }

  expect(listener).not.toHaveBeenCalled();
});

it('begins anew with the next source', async () => {
  const { player, show, status } = await setup();
  show();
  status('playing');
  player.setSource(B);
  await turn();

  expect(player.experience.getState()).toMatchObject({ timeToFirstFrameMs: null, rebufferCount: 0 });
  expect(player.timeline.getState()).toEqual([]);
});
