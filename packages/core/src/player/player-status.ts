/** What a player is doing, as `data-status` shows it. */
export type PlayerStatus =
  | 'idle'
  | 'loading'
  | 'ready'
  | 'playing'
  | 'paused'
  | 'buffering'
  | 'ended'
  | 'error';

/** What can happen to a player. */
export type StatusEvent =
  | 'cleared'
  | 'load-started'
  | 'loaded'
  | 'playing'
  | 'paused'
  | 'stalled'
  | 'ended'
  | 'seeked-back'
  | 'failed'
  | 'readmitted';

/**
 * The legal transitions. An event that a status does not list leaves it as it is: media elements report late and twice.
 *
 * ```
 * idle ── load-started ──> loading ── loaded ──> ready ── playing ──> playing <──> buffering
 *                                                            │  ▲          ▲
 *                                                            ▼  │          │ stalled
 *                                                       paused, ended ─────┘
 * any ── failed ──> error ── load-started ──> loading        any ── cleared ──> idle
 *                     error ── readmitted ──> paused
 * ```
 */
const TRANSITIONS: Readonly<Record<PlayerStatus, Partial<Record<StatusEvent, PlayerStatus>>>> = {
  idle: { 'load-started': 'loading' },
  // With autoplay the element may play before the engine says that it has loaded.
  loading: {
    cleared: 'idle',
    'load-started': 'loading',
    loaded: 'ready',
    playing: 'playing',
    failed: 'error',
  },
  ready: {
    cleared: 'idle',
    'load-started': 'loading',
    playing: 'playing',
    stalled: 'buffering',
    ended: 'ended',
    failed: 'error',
  },
  playing: {
    cleared: 'idle',
    'load-started': 'loading',
    paused: 'paused',
    stalled: 'buffering',
    ended: 'ended',
    failed: 'error',
  },
  paused: {
    cleared: 'idle',
    'load-started': 'loading',
    playing: 'playing',
    stalled: 'buffering',
    ended: 'ended',
    failed: 'error',
  },
  buffering: {
    cleared: 'idle',
    'load-started': 'loading',
    playing: 'playing',
    paused: 'paused',
    ended: 'ended',
    failed: 'error',
  },
  ended: {
    cleared: 'idle',
    'load-started': 'loading',
    playing: 'playing',
    stalled: 'buffering',
    'seeked-back': 'paused',
    failed: 'error',
  },
  error: { cleared: 'idle', 'load-started': 'loading', readmitted: 'paused' },
};

/** The status after an event. */
export function nextStatus(status: PlayerStatus, event: StatusEvent): PlayerStatus {
  return TRANSITIONS[status][event] ?? status;
}
