import * as v from 'valibot';

import { port, processParts, text, tokenKeys } from './process-schema.js';
import { secretReferenceSchema as secret } from './secret-reference.js';
import { ledgerStoreSchema } from './store-schema.js';

/** What a file with `role: license-server` says. */
export const licenseServerSchema = v.strictObject({
  role: v.literal('license-server'),
  ...processParts,
  port: port(8090),
  /** By tenant. */
  keySeeds: v.pipe(
    v.record(text, secret),
    v.check(
      (seeds) => Object.keys(seeds).length > 0,
      'must name the seed of at least one tenant: { default: { env: KEY_SEED } }',
    ),
  ),
  tokenKeys,
  store: ledgerStoreSchema,
  virtualKeySystems: v.optional(v.boolean(), false),
  deviceAuthority: v.optional(secret),
  metricsReaders: v.optional(v.array(text)),
});

/** A configuration file of a license server, checked, with its secrets still to be read. */
export type LicenseServerConfiguration = v.InferOutput<typeof licenseServerSchema>;
