import type { ProblemCode } from '@secure-player/protocol';

/** From the quietest to the most verbose. */
export type LogLevel = 'error' | 'info' | 'debug';

/**
 * What the server logs. The members are chosen so that there is no place for a secret: no URL, header, body, error
 * message or user name, but route patterns, codes, counts and configured ids.
 */
export type LogEntry =
  | RequestLogEntry
  | LicenseLogEntry
  | UpstreamLogEntry
  | FaultLogEntry
  | TestRootLogEntry;

/** One per request, written when its headers are ready; a media body may still be on its way. */
export interface RequestLogEntry {
  readonly event: 'request';
  readonly level: 'info' | 'error';
  /** Epoch milliseconds. */
  readonly time: number;
  readonly method: string;
  /** The route's pattern, such as `/v1/playback-sessions/:id`, or `unmatched`. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  /** The problem the request ended with. */
  readonly code?: ProblemCode | undefined;
}

/** One per license issued or renewed, at level `debug`. */
export interface LicenseLogEntry {
  readonly event: 'license';
  readonly level: 'debug';
  readonly time: number;
  readonly system: string;
  readonly contentId: string;
  readonly requestedKeys: number;
  readonly grantedKeys: number;
}

/** One per exchange in which a license server did not give what it was asked for. */
export interface UpstreamLogEntry {
  readonly event: 'upstream';
  /** `info` where the server works and says no. */
  readonly level: 'info' | 'error';
  readonly time: number;
  /** The kind of license server, as it is configured. */
  readonly kind: string;
  /** What the player is told. */
  readonly code: ProblemCode;
  /** The HTTP status of its answer, if there was one. */
  readonly httpStatus?: number | undefined;
  /** The system's word for what became of the connection, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
  readonly errorCode?: string | undefined;
}

/** An error that no handler expected. Its message is left out, because messages quote their input. */
export interface FaultLogEntry {
  readonly event: 'fault';
  readonly level: 'error';
  readonly time: number;
  readonly name: string;
  /** Of a statement that failed, its SQLSTATE or the system's code, such as `ECONNREFUSED`. */
  readonly databaseCode?: string | undefined;
  /** The innermost stack frames: places in the program, no values. */
  readonly frames: readonly string[];
}

/**
 * Once, when a server starts that answers the virtual CDM's devices itself and has no `deviceAuthority`: it trusts devices of
 * anybody.
 */
export interface TestRootLogEntry {
  readonly event: 'test-root';
  readonly level: 'info';
  readonly time: number;
}

/** Receives log entries. It must not throw. */
export type Log = (entry: LogEntry) => void;

const RANKS: Readonly<Record<LogLevel, number>> = { error: 0, info: 1, debug: 2 };

/** Passes on what the level asks for. */
export function filterLog(log: Log, level: LogLevel): Log {
  return (entry) => {
    if (RANKS[entry.level] <= RANKS[level]) log(entry);
  };
}
