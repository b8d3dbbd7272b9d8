import { isPlain } from './shallow-equal.js';

/**
 * `to`, with each part that equals its counterpart in `from` replaced by that counterpart; `from` itself if all do.
 *
 * Plain objects and arrays are gone through, anything else is compared by identity. The values must be trees.
 */
export function reuseEqualParts<Value>(from: unknown, to: Value): Value {
  if (Object.is(from, to)) return to;
  if (!isPlain(from) || !isPlain(to) || Array.isArray(from) !== Array.isArray(to)) return to;

  const entries = Object.entries(to).map(([key, value]) => [key, reuseEqualParts(from[key], value)] as const);
  const isEqual =
    entries.length === Object.keys(from).length &&
    entries.every(([key, value]) => Object.hasOwn(from, key) && Object.is(from[key], value));
  if (isEqual) return from as Value;

  // A part that was frozen stays it, though it is another object now.
  const copy = Array.isArray(to) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
  return (Object.isFrozen(to) ? Object.freeze(copy) : copy) as Value;
}
