import { toJsonSchema, toJsonSchemaDefs, type JsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';

import { NAMED_SCHEMAS } from './named-schemas.js';

const CONFIG = {
  target: 'draft-2020-12',
  // What comes in over the wire; none of the schemas turns it into anything else.
  typeMode: 'input',
  overrideRef: ({ referenceId }: { readonly referenceId: string }) => refTo(referenceId).$ref,
} as const;

/** A reference to a schema among the document's components. */
export function refTo(name: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

/** A schema in the document's words; named ones in it, and itself if it has a name, are references. */
export function describeSchema(schema: v.GenericSchema): JsonSchema {
  const {
    $schema: _dialect,
    $defs: _named,
    ...rest
  } = toJsonSchema(schema, {
    ...CONFIG,
    definitions: { ...NAMED_SCHEMAS },
  });
  return rest;
}

/** The named schemas themselves. */
export function describeNamedSchemas(): Record<string, JsonSchema> {
  return toJsonSchemaDefs({ ...NAMED_SCHEMAS }, CONFIG);
}
