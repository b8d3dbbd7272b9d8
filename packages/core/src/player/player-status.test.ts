import { expect, it } from 'vitest';

import { nextStatus, type PlayerStatus, type StatusEvent } from './player-status.js';

const EVENTS: StatusEvent[] = [
  'cleared',
  'load-started',
  'loaded',
  'playing',
  'paused',
  'stalled',
  'ended',
  'seeked-back',
  'failed',
  'readmitted',
];

/** In the order of `EVENTS`; `·` where the status stays. */
const TABLE: Record<PlayerStatus, string> = {
  idle: '      ·    loading  ·      ·        ·       ·          ·      ·       ·   ·',
  loading: '   idle loading  ready  playing  ·       ·          ·      ·       error   ·',
  ready: '     idle loading  ·      playing  ·       buffering  ended  ·       error   ·',
  playing: '   idle loading  ·      ·        paused  buffering  ended  ·       error   ·',
  paused: '    idle loading  ·      playing  ·       buffering  ended  ·       error   ·',
  buffering: ' idle loading  ·      playing  paused  ·          ended  ·       error   ·',
  ended: '     idle loading  ·      playing  ·       buffering  ·      paused  error   ·',
  error: '     idle loading  ·      ·        ·       ·          ·      ·       ·   paused',
};

const rows = Object.entries(TABLE).flatMap(([status, row]) =>
  row
    .trim()
    .split(/\s+/)
    .map((next, index) => [status, EVENTS[index], next === '·' ? status : next] as const),
) as [PlayerStatus, StatusEvent, PlayerStatus][];

it('covers every status and every event', () => {
  expect(rows).toHaveLength(8 * EVENTS.length);
});

it.each(rows)('%s, %s: %s', (status, event, next) => {
  expect(nextStatus(status, event)).toBe(next);
});
