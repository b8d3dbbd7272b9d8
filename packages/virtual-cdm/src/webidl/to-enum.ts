import { toDOMString } from './to-dom-string.js';

/**
 * WebIDL's conversion to an enumeration. `what` names it in the message, such as `MediaKeySessionType`.
 *
 * @throws TypeError when the value, as text, is not one of `allowed`.
 */
export function toEnum<Value extends string>(value: unknown, allowed: readonly Value[], what: string): Value {
  const text = toDOMString(value);
  const match = allowed.find((candidate) => candidate === text);
  if (match === undefined) throw new TypeError(`The value is not a valid ${what}: ${allowed.join(', ')}`);

  return match;
}
