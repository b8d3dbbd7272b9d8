import { ProtocolError } from '../protocol-error.js';

// Epoch milliseconds do not fit the 32 bits that the protobuf reader keeps, so that times and durations travel as
// decimal digits.

/** Bytes of the largest number that {@link readMilliseconds} takes. */
export const MAX_MILLISECONDS_BYTES = 16;

const DIGITS = /^(?:0|[1-9]\d{0,15})$/;

/** Whole milliseconds in digits; fractions are rounded. A negative number or none at all is `invalid-value`. */
export function writeMilliseconds(milliseconds: number, field: string): string {
  const rounded = Math.round(milliseconds);
  if (Number.isSafeInteger(rounded) && rounded >= 0) return String(rounded);

  throw new ProtocolError('invalid-value', field, 'must be a number of milliseconds from 0 to 2^53');
}

/** Reads what {@link writeMilliseconds} writes. */
export function readMilliseconds(digits: string, field: string): number {
  const milliseconds = DIGITS.test(digits) ? Number(digits) : Number.NaN;
  if (Number.isSafeInteger(milliseconds)) return milliseconds;

  throw new ProtocolError('invalid-value', field, 'must be digits of a number of milliseconds up to 2^53');
}
