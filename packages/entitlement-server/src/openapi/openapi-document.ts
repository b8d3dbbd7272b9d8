import { describeNamedSchemas, describeSchema } from './json-schema.js';
import type { Operation, OperationContent, OperationParameter } from './operation.js';
import { OF_NO_OPERATION, describeProblemAnswers, describeProblems } from './problem-components.js';

/** The parts of an OpenAPI 3.1 document that are read here; it has more. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly securitySchemes: object;
  };
}

const SECURITY = {
  none: [],
  optional: [{}, { bearer: [] }],
  required: [{ bearer: [] }],
} as const;

/** Describes these operations. Everything in it comes from the schemas that requests are checked by and from the protocol's tables. */
export function createOpenApiDocument(operations: readonly Operation[]): OpenApiDocument {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    (paths[pathOf(operation)] ??= {})[operation.method] = describeOperation(operation);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Entitlement server',
      version: '1',
      description:
        'Errors are RFC 9457 documents with a stable `code`. What no operation is for is answered with ' +
        `${OF_NO_OPERATION.map((code) => `\`${code}\``).join(', ')}. Every \`get\` can be a \`HEAD\` too.`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: { ...describeNamedSchemas(), ...describeProblems() },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The token of `POST /v1/login`.' },
      },
    },
  };
}

/** The path of an operation as OpenAPI writes it. */
function pathOf({ path, route }: Operation): string {
  return path ?? route.replaceAll(/:(\w+)/g, '{$1}');
}

function describeOperation(operation: Operation): object {
  const { id, summary, description, bearer, parameters = [], body, answers, problems } = operation;
  return {
    operationId: id,
    summary,
    ...(description !== undefined && { description }),
    security: SECURITY[bearer],
    ...(parameters.length > 0 && { parameters: parameters.map(describeParameter) }),
    ...(body && { requestBody: { required: body.required, content: describeContent(body.content) } }),
    responses: { ...describeAnswers(answers), ...describeProblemAnswers(problems) },
  };
}

function describeParameter({ in: place, name, description, required, schema }: OperationParameter): object {
  return {
    name,
    in: place,
    description,
    required: required ?? place === 'path',
    schema: describeSchema(schema),
  };
}

function describeAnswers(answers: Operation['answers']): Record<string, object> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, content }]) => [
      status,
      { description, ...(content && { content: describeContent(content) }) },
    ]),
  );
}

function describeContent(content: OperationContent): Record<string, object> {
  return Object.fromEntries(
    Object.entries(content).map(([type, schema]) => [
      type,
      // OpenAPI 3.1 says bytes by a schema without a type.
      { schema: 'binary' in schema ? { description: schema.binary } : describeSchema(schema) },
    ]),
  );
}
