import type { DocumentSchema, DocumentedOperation, OpenApiChecker } from './openapi-checker.js';

const HEAD = `// Written by \`npm run generate:api\` from the entitlement server's OpenAPI document. Do not edit.
`;

/** The types of a client: everything that is JSON, by method and path, and the schemas that it is made of. */
export function writeClientTypes({ document, operations, codesOf }: OpenApiChecker): string {
  const written = operations.filter(isJson).map((operation) => writeOperation(operation, codesOf(operation)));
  const names = namesIn(written.join('\n'), document.components.schemas);
  const schemas = names.map((name) => writeSchema(name, document.components.schemas[name] ?? {}));

  return [
    HEAD,
    ...schemas,
    '/** What each operation takes and gives, by method and path. */\nexport interface Operations {',
    ...written,
    '}\n',
  ].join('\n');
}

/** Whether a client of JSON can use it: media, certificates and CDMs' messages are bytes. */
function isJson({ path, method, requestBody, responses }: DocumentedOperation): boolean {
  const contents = [requestBody?.content, ...successes(responses).map(({ content }) => content)];
  const types = contents.flatMap((content) => Object.keys(content ?? {}));
  return (
    method !== 'head' &&
    path.startsWith('/v1/') &&
    !path.endsWith('.json') &&
    types.every((type) => type === 'application/json')
  );
}

function successes(responses: DocumentedOperation['responses']) {
  return Object.entries(responses).flatMap(([status, response]) => (Number(status) < 400 ? [response] : []));
}

function writeOperation(operation: DocumentedOperation, codes: ReadonlySet<string>): string {
  const { method, path, summary, parameters, requestBody, responses } = operation;
  const answers = successes(responses).map(({ content }) => content?.['application/json']?.schema);
  const members = [
    ...(['path', 'query', 'header'] as const).flatMap((place) => writeParameters(place, parameters)),
    ...(requestBody ? [writeBody(requestBody)] : []),
    `readonly answer: ${answers.map((schema) => (schema ? writeType(schema) : 'undefined')).join(' | ')};`,
    `readonly problems:${[...codes]
      .sort()
      .map((code) => `\n      | '${code}'`)
      .join('')};`,
  ];
  return `  /** ${summary} */\n  readonly '${method.toUpperCase()} ${path}': {\n    ${members.join('\n    ')}\n  };`;
}

function writeParameters(place: string, parameters: DocumentedOperation['parameters']): string[] {
  const found = parameters.filter((parameter) => parameter.in === place);
  if (found.length === 0) return [];

  const members = found.map(({ name, required, schema }) => writeMember(name, schema, required)).join(' ');
  return [`readonly ${place}${found.some(({ required }) => required) ? '' : '?'}: { ${members} };`];
}

function writeBody({ required, content }: NonNullable<DocumentedOperation['requestBody']>): string {
  return writeMember('body', content['application/json']?.schema ?? {}, required);
}

function writeMember(name: string, schema: DocumentSchema, isRequired: boolean): string {
  const key = /^[a-z_]\w*$/i.test(name) ? name : `'${name}'`;
  const type = writeType(schema);
  return isRequired ? `readonly ${key}: ${type};` : `readonly ${key}?: ${type} | undefined;`;
}

function writeSchema(name: string, schema: DocumentSchema): string {
  const properties = propertiesOf(schema);
  if (schema['type'] !== 'object' || properties.length === 0)
    return `export type ${name} = ${writeType(schema)};\n`;

  const members = properties.map(([member, value, isRequired]) => {
    const { description } = value;
    const comment = typeof description === 'string' ? `  /** ${description} */\n` : '';
    return `${comment}  ${writeMember(member, value, isRequired)}`;
  });
  return `export interface ${name} {\n${members.join('\n')}\n}\n`;
}

/** Throws for a schema that it has no type for, so that none goes by as `unknown` unseen. */
function writeType(schema: DocumentSchema): string {
  const {
    $ref,
    anyOf,
    enum: values,
    type,
    items,
    additionalProperties,
  } = schema as {
    $ref?: string;
    anyOf?: DocumentSchema[];
    enum?: unknown[];
    type?: string;
    items?: DocumentSchema;
    additionalProperties?: DocumentSchema | boolean;
  };
  if ($ref !== undefined) return nameOf($ref);
  if (anyOf !== undefined) return anyOf.map(writeType).join(' | ');
  if ('const' in schema) return writeLiteral(schema['const']);
  if (values !== undefined) return values.map(writeLiteral).join(' | ');

  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return writeList(writeType(items ?? {}));
    case 'object': {
      const members = propertiesOf(schema).map(([name, value, isRequired]) =>
        writeMember(name, value, isRequired),
      );
      if (members.length > 0) return `{ ${members.join(' ')} }`;
      return `Readonly<Record<string, ${writeType(additionalProperties as DocumentSchema)}>>`;
    }
    default:
      throw new Error(`No type for ${JSON.stringify(schema)}`);
  }
}

function writeList(type: string): string {
  return type.includes(' | ') && !type.startsWith('{') ? `readonly (${type})[]` : `readonly ${type}[]`;
}

function propertiesOf(schema: DocumentSchema): (readonly [string, DocumentSchema, boolean])[] {
  const { properties = {}, required = [] } = schema as {
    properties?: Readonly<Record<string, DocumentSchema>>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, value]) => [name, value, required.includes(name)]);
}

function writeLiteral(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function nameOf(ref: string): string {
  return ref.replace('#/components/schemas/', '');
}

/** The schemas that a text names, and those that they name. */
function namesIn(text: string, schemas: Readonly<Record<string, DocumentSchema>>): string[] {
  const found = new Set<string>();
  const look = (where: string): void => {
    for (const [name, schema] of Object.entries(schemas)) {
      if (found.has(name) || !new RegExp(`\\b${name.replace('.', '\\.')}\\b`).test(where)) continue;
      found.add(name);
      look(JSON.stringify(schema));
    }
  };
  look(text);
  return [...found].sort();
}
