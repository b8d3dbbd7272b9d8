import * as v from 'valibot';

/** A moment. */
export const epochMilliseconds = v.pipe(v.number(), v.integer(), v.description('Epoch milliseconds.'));

/** A key id as this project writes it everywhere. */
export const keyId = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{32}$/),
  v.description('A key id: 32 lower-case hexadecimal digits.'),
);
