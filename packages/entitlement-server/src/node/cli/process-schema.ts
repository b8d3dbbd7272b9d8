import * as v from 'valibot';

import { secretReferenceSchema as secret } from './secret-reference.js';

/** Some text. */
export const text = v.pipe(v.string(), v.nonEmpty());

const number = v.number();
/** A day, which nobody waits for, and far less than a timer of Node can count. */
const wait = v.pipe(number, v.minValue(0), v.maxValue(86_400));

/** What files of both roles say of the process. */
export const processParts = {
  host: v.optional(text, '127.0.0.1'),
  logLevel: v.optional(v.picklist(['error', 'info', 'debug']), 'info'),
  shutdown: v.optional(
    v.strictObject({ drainSeconds: v.optional(wait, 0), timeoutSeconds: v.optional(wait, 10) }),
    {},
  ),
};

/** Where it listens; `usual` is the port of a file that names none. */
export const port = (usual: number) =>
  v.optional(v.pipe(number, v.integer(), v.minValue(0), v.maxValue(65_535)), usual);

/** The keys that tokens between the two roles are signed with. */
export const tokenKeys = v.array(v.strictObject({ id: text, secret }));
