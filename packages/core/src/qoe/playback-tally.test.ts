import { describe, expect, it } from 'vitest';

import type { TimelineEntry } from '../timeline/drm-timeline.js';
import { drmTimeBetween } from './drm-time.js';
import { countPlayback, NO_TALLY, settlePlayback, type PlaybackTallyEvent } from './playback-tally.js';

type Status = Extract<PlaybackTallyEvent, { type: 'status-changed' }>['status'];

const load = (at: number): PlaybackTallyEvent => ({ type: 'load-started', at, hasSource: true });
const frame = (at: number): PlaybackTallyEvent => ({ type: 'first-frame', at, drmMs: 40 });
const status = (name: Status, at: number, isSeeking = false): PlaybackTallyEvent => ({
  type: 'status-changed',
  status: name,
  at,
  isSeeking,
});
const quality = (qualityId: string | null): PlaybackTallyEvent => ({ type: 'quality-changed', qualityId });

const STARTED = [load(100), status('ready', 300), frame(350), status('playing', 400)];

describe('a tally', () => {
  it.each<[string, PlaybackTallyEvent[], object]>([
    ['nothing', [], { loadedAt: null, firstFrameAt: null }],
    ['a first frame', STARTED, { loadedAt: 100, firstFrameAt: 350, drmMs: 40, rebufferCount: 0 }],
    ['the first frame alone', [...STARTED, frame(900)], { firstFrameAt: 350 }],
    ['no frame without a source', [frame(10)], { firstFrameAt: null }],
    ['time that is played', [...STARTED, status('paused', 1_400)], { playedMs: 1_000, rebufferMs: 0 }],
    [
      'a stop for want of data',
      [...STARTED, status('buffering', 1_400), status('playing', 1_900)],
      { playedMs: 1_000, rebufferCount: 1, rebufferMs: 500 },
    ],
    [
      'no wait at the beginning',
      [load(0), status('playing', 10), status('buffering', 20), frame(300), status('playing', 320)],
      { rebufferCount: 0, rebufferMs: 0 },
    ],
    [
      'no wait after a seek',
      [...STARTED, status('buffering', 1_400, true), status('playing', 1_900)],
      { rebufferCount: 0, rebufferMs: 0 },
    ],
    [
      'a stop until it is given up',
      [...STARTED, status('buffering', 1_400), status('error', 1_500)],
      { rebufferCount: 1, rebufferMs: 100 },
    ],
    ['another rendition', [...STARTED, quality('a'), quality('b'), quality('a')], { qualitySwitches: 2 }],
    ['no first rendition', [load(0), quality('a'), quality(null), quality('a')], { qualitySwitches: 0 }],
    [
      'anew for each load',
      [...STARTED, quality('a'), quality('b'), load(2_000)],
      { ...NO_TALLY, loadedAt: 2_000, since: 2_000, status: 'loading' },
    ],
    [
      'nothing where a source is taken away',
      [...STARTED, { type: 'load-started', at: 3_000, hasSource: false }],
      { ...NO_TALLY, since: 3_000 },
    ],
  ])('counts %s', (_, events, expected) => {
    expect(events.reduce(countPlayback, NO_TALLY)).toMatchObject(expected);
  });

  it('counts in what goes on, when it is read', () => {
    const tally = [...STARTED, status('buffering', 1_400)].reduce(countPlayback, NO_TALLY);

    expect(settlePlayback(tally, 1_650)).toMatchObject({ playedMs: 1_000, rebufferMs: 250 });
  });

  it('takes a clock that is set back for one that stood still', () => {
    const tally = STARTED.reduce(countPlayback, NO_TALLY);

    expect(settlePlayback(tally, 0)).toMatchObject({ playedMs: 0 });
  });
});

describe('the time of protection', () => {
  const entry = (startedAt: number, endedAt: number | null, step: TimelineEntry['step'] = 'server') =>
    ({
      id: 0,
      step,
      sessionLabel: null,
      startedAt,
      endedAt,
      outcome: 'ok',
      detail: {},
    }) satisfies TimelineEntry;

  it.each<[string, TimelineEntry[], number]>([
    ['nothing', [], 0],
    ['one step', [entry(110, 130)], 20],
    ['steps that overlap, once', [entry(110, 150), entry(120, 130), entry(140, 160)], 50],
    ['steps apart', [entry(150, 160), entry(110, 120)], 20],
    ['what lies between', [entry(0, 110), entry(190, 300)], 20],
    ['nothing that lies outside', [entry(0, 50), entry(250, 300)], 0],
    ['what is under way, up to the end', [entry(180, null)], 20],
    ['no wait for statuses', [entry(110, 190, 'statuses')], 0],
  ])('is that of %s', (_, entries, expected) => {
    expect(drmTimeBetween(entries, 100, 200)).toBe(expected);
  });
});
