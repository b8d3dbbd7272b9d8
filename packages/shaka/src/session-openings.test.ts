import { describe, expect, it, vi } from 'vitest';

import { OPENING_MS, SessionOpenings } from './session-openings.js';
import { createManualClock } from './testing/manual-clock.js';

type Transform = (initData: Uint8Array, initDataType: string, drmInfo: unknown) => Uint8Array;

function setup() {
  const clock = createManualClock();
  const openings = new SessionOpenings(clock);
  const before = vi.fn<Transform>((initData) => initData.slice(1));
  let transform: Transform = before;
  openings.watch({
    getConfiguration: () => ({ drm: { initDataTransform: transform } }) as never,
    configure: (change: object) => {
      transform = (change as { drm: { initDataTransform: Transform } }).drm.initDataTransform;
      return true;
    },
  });
  const open = (byte: number) => transform(new Uint8Array([0, byte]), 'cenc', null);
  const end = () => {
    const settled = vi.fn();
    void openings.end().then(settled);
    return settled;
  };

  return { clock, openings, before, open, end };
}

describe('the sessions of a title', () => {
  it('are none: nothing is waited for', async () => {
    const { end, clock } = setup();
    const settled = end();
    await vi.waitUntil(() => settled.mock.calls.length > 0);

    expect(clock.pending()).toBe(0);
  });

  it('are waited for while they open', async () => {
    const { openings, open, before, end, clock } = setup();
    expect(open(1)).toEqual(new Uint8Array([1]));
    open(2);
    expect(before).toHaveBeenCalledWith(new Uint8Array([0, 1]), 'cenc', null);
    const [settled, again] = [end(), end()];
    openings.noteRequest(new Uint8Array([1]));
    openings.noteRequest(new Uint8Array([1]));
    await Promise.resolve();
    expect(settled).not.toHaveBeenCalled();

    openings.noteRequest(new Uint8Array([2]));
    await vi.waitUntil(() => settled.mock.calls.length > 0);
    await vi.waitUntil(() => again.mock.calls.length > 0);
    expect(clock.pending()).toBe(0);
  });

  it('open once for the same init data, whatever comes of it', async () => {
    const { openings, open, end, clock } = setup();
    open(1);
    openings.noteRequest(new Uint8Array([1]));
    open(1);

    const settled = end();
    await vi.waitUntil(() => settled.mock.calls.length > 0);
    expect(clock.pending()).toBe(0);
  });

  it('have a second to open, from when they were made', async () => {
    const { open, end, clock } = setup();
    open(1);
    clock.advance(OPENING_MS - 1);
    const settled = end();
    await Promise.resolve();
    expect(settled).not.toHaveBeenCalled();

    clock.advance(1);
    await vi.waitUntil(() => settled.mock.calls.length > 0);
    const later = end();
    await vi.waitUntil(() => later.mock.calls.length > 0);
  });

  it('are no more when the title ends', async () => {
    const { open, end, before } = setup();
    end();

    expect(() => open(1)).toThrow('The title is no more.');
    expect(before).not.toHaveBeenCalled();
  });
});
