// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';

import { WatermarkOverlay } from './watermark-overlay.js';

function setup() {
  const timers: { callback: () => void; milliseconds: number }[] = [];
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  const now = { value: 0 };
  const onTamper = vi.fn();
  const overlay = new WatermarkOverlay({
    root,
    text: 'viewer',
    opacity: 0.3,
    clock: {
      now: () => now.value,
      schedule(callback, milliseconds) {
        const timer = { callback, milliseconds };
        timers.push(timer);
        return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
      },
    },
    onTamper,
  });
  overlay.start();
  const run = (milliseconds: number) => {
    const due = timers.filter((timer) => timer.milliseconds === milliseconds);
    timers.splice(0, timers.length, ...timers.filter((timer) => !due.includes(timer)));
    for (const { callback } of due) callback();
  };
  const place = () => {
    const { top, left } = (root.firstElementChild as HTMLElement).style;
    return `${top} ${left}`;
  };

  return { overlay, root, timers, now, onTamper, run, place };
}

/** Observers are told in the order in which they were made: this one after that of the overlay. */
const told = () =>
  new Promise<void>((resolve) => {
    const probe = document.createElement('i');
    new MutationObserver(() => resolve()).observe(probe, { attributes: true });
    probe.hidden = true;
  });

it('moves from place to place, which is no tampering', async () => {
  const { run, place, onTamper } = setup();
  const places = [place()];
  for (const _ of [1, 2, 3, 4, 5]) {
    run(20_000);
    places.push(place());
  }
  await told();

  expect(new Set(places).size).toBe(5);
  expect(places.at(-1)).toBe(places[0]);
  expect(onTamper).not.toHaveBeenCalled();
});

it('goes on to restore, a second after it was too often', async () => {
  const { root, run, onTamper, now } = setup();
  for (const _ of [1, 2, 3, 4, 5, 6]) {
    root.firstElementChild?.remove();
    await told();
  }
  expect(onTamper).toHaveBeenCalledTimes(5);
  expect(root.childElementCount).toBe(0);

  now.value += 1_000;
  run(1_000);
  expect(root.childElementCount).toBe(1);
  expect(onTamper).toHaveBeenLastCalledWith({ kind: 'removed', count: 6 });
});

it('stopped, it leaves nothing: no element and no timer', async () => {
  const { overlay, root, timers, onTamper } = setup();
  overlay.stop();
  await told();

  expect(root.childElementCount).toBe(0);
  expect(timers).toEqual([]);
  expect(onTamper).not.toHaveBeenCalled();
});
