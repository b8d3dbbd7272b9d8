import { toBase64 } from '@secure-player/protocol';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { createManualClock } from '../testing/manual-clock.js';
import { DRM_STEPS, DrmTimeline } from './drm-timeline.js';
import type { TimelineDetail } from './timeline-detail.js';

function setup(limit?: number) {
  const clock = createManualClock();
  return { clock, timeline: new DrmTimeline({ clock, limit }) };
}

describe('a step', () => {
  it('is pending until it ends, and then has its duration', () => {
    const { clock, timeline } = setup();
    const step = timeline.begin('server', 's1', { attempt: 1 });
    expect(timeline.getState()).toMatchObject([{ step: 'server', endedAt: null, outcome: 'pending' }]);

    clock.advance(40);
    step.end('ok', { httpStatus: 200 });
    const [entry] = timeline.getState();

    expect(entry).toMatchObject({
      outcome: 'ok',
      sessionLabel: 's1',
      detail: { attempt: 1, httpStatus: 200 },
    });
    expect((entry?.endedAt ?? 0) - (entry?.startedAt ?? 0)).toBe(40);
  });

  it('ends once', () => {
    const { timeline } = setup();
    const step = timeline.begin('update');
    step.end('failed', { errorCode: 'license-rejected' });
    step.end('ok');

    expect(timeline.getState()).toMatchObject([
      { outcome: 'failed', detail: { errorCode: 'license-rejected' } },
    ]);
  });

  it('that was forgotten meanwhile is not told of', () => {
    const { timeline } = setup();
    const step = timeline.begin('challenge', timeline.nameSession());
    timeline.clear();
    step.end('ok');

    expect(timeline.getState()).toEqual([]);
    expect(timeline.nameSession()).toBe('s1');
  });
});

describe('the entries', () => {
  it('are the same frozen array while nothing changes', () => {
    const { timeline } = setup();
    timeline.begin('access').end('ok');
    const before = timeline.getState();

    expect(timeline.getState()).toBe(before);
    expect([before, before[0], before[0]?.detail].every((part) => Object.isFrozen(part))).toBe(true);
  });

  it('are told of to those who listen', () => {
    const { timeline } = setup();
    const listener = vi.fn();
    const unsubscribe = timeline.subscribe(listener);
    timeline.begin('access').end('ok');
    unsubscribe();
    timeline.begin('keys');

    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('are bounded: the oldest go first', () => {
    const { timeline } = setup(3);
    const steps = DRM_STEPS.map((step) => timeline.begin(step));
    steps[0]?.end('ok');

    expect(timeline.getState().map(({ step }) => step)).toEqual(DRM_STEPS.slice(-3));
  });
});

describe('the export', () => {
  it('counts from the first entry', () => {
    const { clock, timeline } = setup();
    const access = timeline.begin('access', null, { keySystem: 'com.widevine.alpha' });
    clock.advance(10);
    access.end('ok');
    clock.advance(5);
    timeline.begin('keys');

    expect(timeline.toJSON()).toEqual({
      kind: 'drm-timeline',
      version: 1,
      startedAt: new Date(1_000_000).toISOString(),
      entries: [
        {
          step: 'access',
          session: null,
          atMs: 0,
          durationMs: 10,
          outcome: 'ok',
          detail: { keySystem: 'com.widevine.alpha' },
        },
        { step: 'keys', session: null, atMs: 15, durationMs: null, outcome: 'pending', detail: {} },
      ],
    });
  });

  it('of nothing is a document too', () => {
    expect(setup().timeline.toJSON()).toEqual({
      kind: 'drm-timeline',
      version: 1,
      startedAt: null,
      entries: [],
    });
  });

  it('keeps key ids by their beginning, with their statuses', () => {
    const { timeline } = setup();
    timeline.begin('statuses', 's1', {
      keyStatuses: [{ keyId: '0123456789abcdef0123456789abcdef', status: 'output-restricted' }],
    });

    expect(timeline.toJSON().entries[0]?.detail.keyStatuses).toEqual([
      { keyId: '01234567', status: 'output-restricted' },
    ]);
  });

  it('calls a key system that the kit does not know by no name', () => {
    const { timeline } = setup();
    timeline.begin('access', null, { keySystem: 'com.example.drm' });

    expect(timeline.toJSON().entries[0]?.detail).toEqual({ keySystem: 'other' });
  });
});

/** Shortest of what must not be found again: twelve characters are nine bytes in base64, and six in hex digits. */
const WINDOW = 12;
const hex = fc
  .uint8Array({ minLength: 16, maxLength: 64 })
  .map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
const base64 = fc.uint8Array({ minLength: 16, maxLength: 64 }).map((bytes) => toBase64(bytes));
const token = fc.base64String({ minLength: 24, maxLength: 80 }).map((text) => `eyJ${text}.${text}`);
const url = fc
  .webUrl({ withQueryParameters: true, withFragments: true })
  .filter(({ length }) => length > WINDOW);
const secret = fc.oneof(hex, base64, token, url);
const DETAIL_NAMES = [
  'keySystem',
  'robustness',
  'initDataType',
  'messageType',
  'errorCode',
  'attempt',
  'httpStatus',
  'requestBytes',
  'responseBytes',
  'authorizeMs',
  'keyStatuses',
  'url',
  '__proto__',
] as const;

describe('whatever is reported', () => {
  it('the export holds no token, key, license byte or URL', () => {
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom(...DETAIL_NAMES),
        fc.constantFrom(...DRM_STEPS),
        (text, name, step) => {
          const { timeline } = setup();
          const session = timeline.nameSession();
          for (const value of shapesOf(text)) {
            timeline.begin(step, session, detailOf(name, value)).end('failed', detailOf(name, value));
            timeline.begin(step, text);
          }
          const exported = JSON.stringify(timeline).toLowerCase();
          const windows = Array.from({ length: text.length - WINDOW + 1 }, (_, at) =>
            text.slice(at, at + WINDOW),
          );

          expect(windows.filter((window) => exported.includes(window.toLowerCase()))).toEqual([]);
        },
      ),
    );
  });

  it('the export holds no number with more than nine digits, and no negative one', () => {
    fc.assert(
      fc.property(fc.double(), fc.constantFrom(...DETAIL_NAMES), (value, name) => {
        const { timeline } = setup();
        timeline.begin('server', null, detailOf(name, value));
        const [detail = {}] = timeline
          .toJSON()
          .entries.map((entry) => Object.values(entry.detail) as number[]);

        for (const kept of Object.values(detail)) {
          expect(kept).toBeGreaterThanOrEqual(0);
          expect(kept).toBeLessThanOrEqual(1e9);
        }
      }),
    );
  });
});

/** A secret as it could come: as a word, in the place of a key id or a status, as bytes, within something. */
function shapesOf(text: string): unknown[] {
  return [
    text,
    [text],
    { text },
    [{ keyId: text, status: 'usable' }],
    [{ keyId: '0123456789abcdef0123456789abcdef', status: text }],
    [{ [text]: text }],
    new TextEncoder().encode(text),
  ];
}

function detailOf(name: string, value: unknown): TimelineDetail {
  return Object.fromEntries([[name, value]]);
}
