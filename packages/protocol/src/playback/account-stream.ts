import { isJsonObject } from '../json/json-object.js';

/** One title that an account plays right now, as its owner may see it. */
export interface AccountStream {
  /** Tells streams apart, and nothing more: it is not the playback session's id, which is a secret of the page that plays. */
  readonly id: string;
  readonly contentId: string;
  /** What plays it, in words such as `Firefox on Windows`. */
  readonly device: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** The answer to `GET /v1/streams`, oldest first. */
export interface StreamsResponse {
  readonly streams: readonly AccountStream[];
}

/** Reads a parsed list of streams, each with the members that are known; null where it is something else. */
export function readAccountStreams(value: unknown): AccountStream[] | null {
  if (!Array.isArray(value) || !value.every(isAccountStream)) return null;
  return value.map(({ id, contentId, device, startedAt }) => ({ id, contentId, device, startedAt }));
}

function isAccountStream(value: unknown): value is AccountStream {
  return (
    isJsonObject(value) &&
    ['id', 'contentId', 'device'].every((name) => typeof value[name] === 'string') &&
    typeof value['startedAt'] === 'number'
  );
}
