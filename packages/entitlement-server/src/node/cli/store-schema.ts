import * as v from 'valibot';

import { text } from './process-schema.js';
import { secretReferenceSchema as secret } from './secret-reference.js';

const folder = { folder: text, survives: v.optional(v.picklist(['power-loss', 'process-kill'])) };
const database = {
  databaseUrl: secret,
  connections: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
};
const audit = { auditDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))) };

/** Where the entitlement server remembers things. */
export const storeSchema = v.lazy((value) => {
  if (has(value, 'folder')) return v.strictObject({ ...folder, ...audit });
  if (has(value, 'databaseUrl')) return v.strictObject({ ...database, ...audit });
  return v.literal('memory', 'must be memory, { folder }, or { databaseUrl: { env: DATABASE_URL } }');
});

/** Where a license server remembers used tokens. In memory, a restart would forget them while they are still good. */
export const ledgerStoreSchema = v.lazy((value) => {
  if (has(value, 'folder')) return v.strictObject(folder);
  if (has(value, 'databaseUrl')) return v.strictObject(database);
  return NOT_KEPT;
});

const NOT_KEPT = v.custom<never>(
  () => false,
  'must be { folder } or { databaseUrl: { env: DATABASE_URL } }: used tokens have to outlive the process',
);

// By its shape, so that what is wrong within it is said of its parts.
function has(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && name in value;
}
