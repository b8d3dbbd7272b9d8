import fc from 'fast-check';
import { isProtocolError, type ProtocolError } from '../index.js';
import { join } from '../mp4/testing/boxes.js';

const TEXT = new TextEncoder();

/** What {@link outcome} may be. */
export const SAFE = /^a value$|^a ProtocolError: /;

/** What a reader makes of its input, in words; anything but a value or a proper error reads otherwise. */
export function outcome(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): string {
  try {
    return read(bytes) === undefined ? 'nothing' : 'a value';
  } catch (error) {
    return isProperError(error, bytes) ? `a ProtocolError: ${error.message}` : `improper: ${String(error)}`;
  }
}

/** The same of a reader that verifies or decrypts. */
export async function outcomeOf(
  read: (bytes: Uint8Array<ArrayBuffer>) => Promise<unknown>,
  bytes: Uint8Array,
): Promise<string> {
  try {
    await read(Uint8Array.from(bytes));
    return 'a value';
  } catch (error) {
    return isProperError(error, bytes) ? `a ProtocolError: ${error.message}` : `improper: ${String(error)}`;
  }
}

/** The field comes from a fixed vocabulary, and the offset points into the input. */
function isProperError(error: unknown, { length }: Uint8Array): error is ProtocolError {
  if (!isProtocolError(error)) return false;

  const { field, offset = 0, message } = error;
  const isFieldKnown = /^[A-Za-z]\w*(?:\.\w+|\[\d+\])*$/.test(field);
  return isFieldKnown && offset >= 0 && offset <= length && message.length < 160;
}

/** Overwrites, inserts and removes a few bytes, with a liking for the values that break length fields. */
export function damaged(input: Uint8Array): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat(input.length),
    removed: fc.nat(5),
    added: fc.oneof(
      fc.uint8Array({ maxLength: 5 }),
      fc.constantFrom(
        [0],
        [0xff],
        [0, 0, 0, 0],
        [0, 0, 0, 1],
        [0x7f, 0xff, 0xff, 0xff],
        [0xff, 0xff, 0xff, 0xff],
      ),
      fc.constantFrom('<', '>', '&', '"', '{', '[', '=', '\u0000').map((text) => TEXT.encode(text)),
    ),
  });
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce<Uint8Array>(
        (bytes, { at, removed, added }) =>
          join(bytes.subarray(0, at), Uint8Array.from(added), bytes.subarray(at + removed)),
        input,
      ),
    );
}
