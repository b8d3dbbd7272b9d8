import type { Source } from './source.js';

/**
 * Whether going from one source to another needs a new load: only a changed `src`, `type` or set of key systems does.
 *
 * Functions, headers and license URLs are read at call time; `title` and `poster` by whoever shows them; `caps`,
 * `keyIds` and `startTime` count from the next load.
 */
export function needsReload(from: Source | null, to: Source | null): boolean {
  if (from === to) return false;
  if (from === null || to === null) return true;

  return from.src !== to.src || from.type !== to.type || keySystemNames(from) !== keySystemNames(to);
}

/** Whether two sources say the same, functions and certificate bytes aside. */
export function isSameSource(from: Source | null, to: Source | null): boolean {
  return JSON.stringify(from) === JSON.stringify(to);
}

function keySystemNames(source: Source): string {
  return Object.entries(source.drm ?? {})
    .filter(([, configuration]) => configuration !== undefined)
    .map(([name]) => name)
    .sort()
    .join(' ');
}
