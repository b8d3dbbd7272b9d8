import fc from 'fast-check';

import type { DocumentSchema, ReadDocument } from './openapi-checker.js';

/** What to take for members of these names, where a schema alone does not know what exists. */
export type KnownValues = Readonly<Record<string, fc.Arbitrary<unknown>>>;

const MAX_TEXT = 32;

/** Values that a schema of the document allows. Throws for a schema with a keyword that it does not know. */
export function schemaArbitrary(
  document: ReadDocument,
  schema: DocumentSchema,
  known: KnownValues,
): fc.Arbitrary<unknown> {
  const {
    $ref,
    anyOf,
    enum: values,
    type,
  } = schema as {
    $ref?: string;
    anyOf?: DocumentSchema[];
    enum?: unknown[];
    type?: string;
  };
  const inside = (next: DocumentSchema): fc.Arbitrary<unknown> => schemaArbitrary(document, next, known);

  if ($ref !== undefined) return inside(resolve(document, $ref));
  if ('const' in schema) return fc.constant(schema['const']);
  if (values !== undefined) return fc.constantFrom(...values);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map(inside));

  switch (type) {
    case 'string':
      return stringArbitrary(schema);
    case 'integer':
      return fc.integer({ min: 0 });
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(inside(schema['items'] as DocumentSchema), {
        minLength: Number(schema['minItems'] ?? 0),
        maxLength: 4,
      });
    case 'object':
      return objectArbitrary(schema, known, inside);
    default:
      throw new Error(`No values for ${JSON.stringify(schema)}`);
  }
}

/** What a reference of the document is to. */
function resolve(document: ReadDocument, ref: string): DocumentSchema {
  const schema = document.components.schemas[ref.replace('#/components/schemas/', '')];
  if (schema === undefined) throw new Error(`Nothing at ${ref}`);
  return schema;
}

function stringArbitrary(schema: {
  pattern?: string;
  minLength?: number;
  maxLength?: number;
}): fc.Arbitrary<string> {
  const { pattern, minLength = 0, maxLength = MAX_TEXT } = schema;
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: Math.min(maxLength, Math.max(minLength, MAX_TEXT)) });
}

function objectArbitrary(
  schema: DocumentSchema,
  known: KnownValues,
  inside: (schema: DocumentSchema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, DocumentSchema>);
  const model = Object.fromEntries(properties.map(([name, value]) => [name, known[name] ?? inside(value)]));
  const required = (schema['required'] ?? []) as string[];
  return fc.record(model, { requiredKeys: required });
}
