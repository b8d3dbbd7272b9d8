import type { OfflineTitle } from '@secure-player/core';
import { expect, it, vi } from 'vitest';

import { createManualClock } from '../testing/manual-clock.js';
import { TitleEnd } from './title-end.js';

const DAY_MS = 86_400_000;

function setup({ end = null as number | null, playWithin = 0 } = {}) {
  const clock = createManualClock();
  const element = new EventTarget();
  const controller = new AbortController();
  let endsAt = end;
  const notePlayed = vi.fn<OfflineTitle['notePlayed']>(async () => {
    if (playWithin > 0) endsAt = clock.now() + playWithin;
  });
  const onEnd = vi.fn();
  const onBegun = vi.fn();
  new TitleEnd({
    title: { expiresAt: () => endsAt, notePlayed },
    element,
    clock,
    signal: controller.signal,
    onEnd,
    onBegun,
  }).watch();
  const play = async () => {
    element.dispatchEvent(new Event('playing'));
    await Promise.resolve();
    await Promise.resolve();
  };

  return { clock, element, controller, notePlayed, onEnd, onBegun, play };
}

it('stops a title at its end, however far away that is, and once', () => {
  const { clock, onEnd } = setup({ end: 60 * DAY_MS });
  for (let hour = 0; hour < 60 * 24 - 1; hour += 1) clock.advance(DAY_MS / 24);
  expect(onEnd).not.toHaveBeenCalled();

  clock.advance(DAY_MS / 24);
  clock.advance(DAY_MS);
  expect(onEnd).toHaveBeenCalledOnce();
});

it('tells of a title that has ended at once', () => {
  expect(setup({ end: 0 }).onEnd).toHaveBeenCalledOnce();
});

it('stops no title that has no end', () => {
  const { clock, onEnd } = setup();
  clock.advance(1_000 * DAY_MS);

  expect(onEnd).not.toHaveBeenCalled();
});

it('notes the first playback, once, and keeps to the end that this gives', async () => {
  const { clock, play, notePlayed, onBegun, onEnd } = setup({ end: 30 * DAY_MS, playWithin: DAY_MS });
  await play();
  await play();
  expect(notePlayed).toHaveBeenCalledOnce();
  expect(onBegun).toHaveBeenCalledOnce();

  for (let hour = 0; hour < 24; hour += 1) clock.advance(DAY_MS / 24);
  expect(onEnd).toHaveBeenCalledOnce();
});

it('notes it again where that could not be stored', async () => {
  const { play, notePlayed, onEnd } = setup();
  notePlayed.mockRejectedValueOnce(new Error('full'));
  await play();
  await play();
  await play();

  expect(notePlayed).toHaveBeenCalledTimes(2);
  expect(onEnd).not.toHaveBeenCalled();
});

it('sees with the next picture that a device has slept past the end', () => {
  const { clock, element, onEnd } = setup({ end: 1_000 });
  vi.spyOn(clock, 'now').mockReturnValue(2_000);
  element.dispatchEvent(new Event('timeupdate'));

  expect(onEnd).toHaveBeenCalledOnce();
});

it('leaves nothing behind when the title is closed', async () => {
  const { clock, controller, play, element, notePlayed, onEnd } = setup({ end: 1_000 });
  controller.abort();
  await play();
  element.dispatchEvent(new Event('timeupdate'));

  expect(clock.pending()).toBe(0);
  expect(notePlayed).not.toHaveBeenCalled();
  expect(onEnd).not.toHaveBeenCalled();
});
