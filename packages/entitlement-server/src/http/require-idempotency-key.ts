import { invalidField } from './problem-error.js';

const KEY_TEXT = /^[\u0021-\u007e]{1,255}$/;

/** Refuses an Idempotency-Key that is not one; a request may be without. */
export function requireIdempotencyKey(key: string | undefined): void {
  if (key === undefined || KEY_TEXT.test(key)) return;
  throw invalidField('Idempotency-Key', 'must be 1 to 255 visible ASCII characters');
}
