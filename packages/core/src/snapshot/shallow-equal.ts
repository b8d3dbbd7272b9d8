/** Whether two values are the same, or plain objects or arrays whose entries all are, by `isSame`. */
export function shallowEqual(
  from: unknown,
  to: unknown,
  isSame: (from: unknown, to: unknown) => boolean = Object.is,
): boolean {
  if (Object.is(from, to)) return true;
  if (!isPlain(from) || !isPlain(to) || Array.isArray(from) !== Array.isArray(to)) return false;

  const keys = Object.keys(from);
  return (
    keys.length === Object.keys(to).length &&
    keys.every((key) => Object.hasOwn(to, key) && isSame(from[key], to[key]))
  );
}

/** Whether a value is an array, or an object without a class. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;

  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}
