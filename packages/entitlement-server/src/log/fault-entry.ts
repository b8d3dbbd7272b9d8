import { StoreFailure } from '../sql/store-failure.js';
import type { FaultLogEntry } from './log-entry.js';

const MAX_FRAMES = 8;

/** What may be logged of an unexpected error: its class and where it came from, not what it says. */
export function toFaultEntry(error: Error, time: number): FaultLogEntry {
  return {
    event: 'fault',
    level: 'error',
    time,
    name: error.constructor.name,
    ...(error instanceof StoreFailure && { databaseCode: error.databaseCode }),
    frames: framesOf(error),
  };
}

/**
 * The stack repeats the message, which may have lines that look like frames, so everything up to its end is cut off.
 * When the message is not found there, it was changed afterwards and nothing can be told apart.
 */
function framesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message);
  if (start === -1) return [];

  const lines = stack
    .slice(start + message.length)
    .split('\n')
    .map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at ')).slice(0, MAX_FRAMES);
}
