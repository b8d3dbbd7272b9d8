import { isJsonObject } from '../json/json-object.js';
import { readAccountStreams, type AccountStream } from '../playback/account-stream.js';

/** What a refused stream says beyond its problem's code. */
export interface StreamRefusal {
  /** What the account plays, and could stop; empty where the problem does not say. */
  readonly streams: readonly AccountStream[];
  /** The device that took over; null where the problem does not say. */
  readonly takenOverBy: string | null;
}

/** Reads it from the parsed body of a problem. */
export function readStreamRefusal(value: unknown): StreamRefusal {
  const { streams, takenOverBy } = isJsonObject(value) ? value : {};
  return {
    streams: readAccountStreams(streams) ?? [],
    takenOverBy: typeof takenOverBy === 'string' ? takenOverBy : null,
  };
}
