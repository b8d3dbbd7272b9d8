import type { LogEntry } from '../log/log-entry.js';

/** The default log: one JSON line per entry on stderr, so that stdout stays free for the program around the server. */
export function writeJsonLog(entry: LogEntry): void {
  process.stderr.write(`${JSON.stringify(entry)}\n`);
}
