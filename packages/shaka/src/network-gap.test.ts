import type { Clock } from '@secure-player/core';
import { describe, expect, it } from 'vitest';

import { NetworkGap } from './network-gap.js';
import { createFakeShakaPlayer } from './testing/fake-shaka-player.js';

const FAILED = { severity: 2, category: 1, code: 1002, data: [] };

/** An element at 10 s with so many seconds ahead of it, and a clock that the test moves. */
function setup(secondsAhead: number) {
  const { player } = createFakeShakaPlayer();
  const timers = new Set<() => void>();
  let now = 0;
  const clock: Clock = {
    now: () => now,
    schedule(callback) {
      timers.add(callback);
      return () => void timers.delete(callback);
    },
  };
  let end = 10 + secondsAhead;
  const buffered = { length: 1, start: () => 0, end: () => end };
  const element = Object.assign(new EventTarget(), {
    readyState: 4,
    seeking: false,
    currentTime: 10,
    buffered,
  });
  const controller = new AbortController();
  const gap = new NetworkGap(player, element as unknown as HTMLMediaElement, clock, controller.signal);
  const pass = (milliseconds: number) => {
    now += milliseconds;
    const due = [...timers];
    timers.clear();
    for (const callback of due) callback();
  };
  const drain = () => {
    end = 10;
  };

  return { gap, player, element, controller, timers, pass, drain };
}

describe('a gap in the network', () => {
  it('is bridged for as long as there is something to play, trying again after each pause', () => {
    const { gap, player, pass } = setup(8);
    for (let round = 1; round <= 20; round += 1) {
      expect(gap.bridges(FAILED)).toBe(true);
      pass(3_000);
      expect(player.retryStreaming).toHaveBeenCalledTimes(round);
    }
  });

  it('is given up when the film has stood still for five seconds', () => {
    const { gap, pass, drain } = setup(8);
    expect(gap.bridges(FAILED)).toBe(true);
    drain();
    expect(gap.bridges(FAILED)).toBe(true);
    pass(4_999);
    expect(gap.bridges(FAILED)).toBe(true);
    pass(1);
    expect(gap.bridges(FAILED)).toBe(false);
  });

  it('starts anew when the film moved in between', () => {
    const { gap, pass, element } = setup(0);
    gap.bridges(FAILED);
    pass(4_999);
    element.dispatchEvent(new Event('timeupdate'));
    expect(gap.bridges(FAILED)).toBe(true);
    pass(4_999);
    expect(gap.bridges(FAILED)).toBe(true);
  });

  it('does not start anew when the viewer seeks', () => {
    const { gap, pass, element } = setup(0);
    gap.bridges(FAILED);
    pass(5_000);
    element.seeking = true;
    element.dispatchEvent(new Event('timeupdate'));

    expect(gap.bridges(FAILED)).toBe(false);
  });

  it('is not waited for twice at once, nor after the title has gone', () => {
    const { gap, player, controller, timers, pass } = setup(8);
    gap.bridges(FAILED);
    gap.bridges(FAILED);
    expect(timers.size).toBe(1);

    controller.abort();
    pass(10_000);
    expect(player.retryStreaming).not.toHaveBeenCalled();
  });

  it.each([
    ['other failures', { ...FAILED, category: 3, code: 3016 }, 1],
    ['what Shaka did not throw', new Error('no'), 1],
    ['a title of which nothing has come', FAILED, 0],
  ])('is none for %s', (_, error, stretches) => {
    const { gap, element } = setup(8);
    element.buffered.length = stretches;

    expect(gap.bridges(error)).toBe(false);
  });
});
