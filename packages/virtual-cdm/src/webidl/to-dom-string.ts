/**
 * WebIDL's conversion to `DOMString`.
 *
 * @throws TypeError for a symbol, and whatever the value's own `toString()` throws.
 */
export function toDOMString(value: unknown): string {
  // `String()` describes a symbol, where ToString refuses it.
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');

  return String(value);
}
