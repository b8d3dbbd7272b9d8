import type * as parts from './stream-parts.js';

/** Loads what only players of a source with a playback session need. */
export function loadStreamParts(): Promise<typeof parts> {
  return import('./stream-parts.js');
}
