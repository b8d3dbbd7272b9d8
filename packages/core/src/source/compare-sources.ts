import type { Source } from './source.js';

/**
 * Whether going from one source to another needs a new load: only a changed `src`, `type` or set of key systems does.
 *
 * Functions and headers are read at call time, and the rest (title, poster, caps, …) applies without one.
 */
export function needsReload(from: Source | null, to: Source | null): boolean {
  if (from === to) return false;
  if (from === null || to === null) return true;

  return from.src !== to.src || from.type !== to.type || keySystemNames(from) !== keySystemNames(to);
}

function keySystemNames(source: Source): string {
  return Object.entries(source.drm ?? {})
    .filter(([, configuration]) => configuration !== undefined)
    .map(([name]) => name)
    .sort()
    .join(' ');
}
