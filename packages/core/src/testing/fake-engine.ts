import { vi } from 'vitest';

import type { EngineOptions, PlayerEngine, PlayerEngineFactory } from '../player/player-engine.js';
import type { MediaListener, MediaPort } from '../player/media-port.js';
import type { TrackWish } from '../player/track-wishes.js';

/** One call of `load`, which a test settles when it likes. */
export interface FakeLoad {
  readonly src: string;
  readonly startTime: number | undefined;
  readonly audio: readonly TrackWish[];
  readonly renewsLicense: boolean;
  readonly signal: AbortSignal;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export type FakeEngine = ReturnType<typeof createFakeEngine>;

/** An engine that loads when it is told to, as a slow network would. An abort rejects, as the port demands. */
function createFakeEngine(options: EngineOptions, calls: string[]) {
  const loads: FakeLoad[] = [];
  const engine = {
    options,
    loads,
    load: vi.fn<PlayerEngine['load']>((source, { startTime, audio = [], renewsLicense = false, signal }) => {
      calls.push(`load ${source.src}`);
      return new Promise<void>((resolve, reject) => {
        loads.push({ src: source.src, startTime, audio, renewsLicense, signal, resolve, reject });
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    }),
    addTextTracks: vi.fn<PlayerEngine['addTextTracks']>(async () => {}),
    unload: vi.fn<PlayerEngine['unload']>(async () => void calls.push('unload')),
    destroy: vi.fn<PlayerEngine['destroy']>(async () => void calls.push('destroy')),
    selectQuality: vi.fn<PlayerEngine['selectQuality']>(),
    selectAudioTrack: vi.fn<PlayerEngine['selectAudioTrack']>(),
    selectTextTrack: vi.fn<PlayerEngine['selectTextTrack']>(),
    renewLicense: vi.fn<PlayerEngine['renewLicense']>(async () => {}),
    releaseLicense: vi.fn<PlayerEngine['releaseLicense']>(async () => {}),
  };

  return engine satisfies PlayerEngine & { loads: FakeLoad[] };
}

/** A factory that keeps what it made, and one list of all that was asked of any of them, in order. */
export function createFakeEngines() {
  const made: FakeEngine[] = [];
  const calls: string[] = [];
  const create: PlayerEngineFactory = (options) => {
    const engine = createFakeEngine(options, calls);
    made.push(engine);
    return engine;
  };

  return { create, made, calls };
}

/** A media element without a browser: `emit` reports what an element would. */
export function createFakeMedia() {
  const listeners = new Set<MediaListener>();
  const media = {
    element: {},
    observe: vi.fn<MediaPort['observe']>((listener, signal) => {
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener));
      listener.onState({ currentTime: 0, duration: Number.NaN, paused: true, volume: 1, muted: false });
    }),
    isSeeking: vi.fn<MediaPort['isSeeking']>(() => false),
    countFrames: vi.fn<MediaPort['countFrames']>(() => null),
    play: vi.fn<MediaPort['play']>(async () => {}),
    pause: vi.fn<MediaPort['pause']>(),
    seek: vi.fn<MediaPort['seek']>(),
    setVolume: vi.fn<MediaPort['setVolume']>(),
    setMuted: vi.fn<MediaPort['setMuted']>(),
    setPlaybackRate: vi.fn<MediaPort['setPlaybackRate']>(),
  } satisfies MediaPort;
  const emit = (act: (listener: MediaListener) => void) => [...listeners].forEach(act);

  return { media, emit, listeners };
}
