import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** A schema of the document, as far as tests look into it. */
export interface DocumentSchema {
  readonly [keyword: string]: unknown;
}

/** One operation of the document. */
export interface DocumentedOperation {
  readonly operationId: string;
  readonly method: string;
  readonly summary: string;
  readonly path: string;
  readonly security: readonly object[];
  readonly parameters: readonly DocumentedParameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: DocumentedContent };
  readonly responses: Readonly<Record<string, { readonly content?: DocumentedContent }>>;
}

export interface DocumentedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: DocumentSchema;
}

type DocumentedContent = Readonly<Record<string, { readonly schema: DocumentSchema }>>;

/** The document as a client reads it. */
export interface ReadDocument {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, Omit<DocumentedOperation, 'method' | 'path' | 'parameters'>>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, DocumentSchema>> };
}

/** An answer with its body read. */
export interface ReadAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: Uint8Array;
}

const ID = 'https://server.invalid/openapi.json';
/** The document with every object of it closed. */
const CLOSED_ID = 'https://server.invalid/closed.json';
/** Bases of other schemas: what those add would be one member too many. */
const OPEN = new Set(['Problem']);

/** Holds answers against the document. */
export class OpenApiChecker {
  readonly document: ReadDocument;
  readonly operations: readonly DocumentedOperation[];
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(document: ReadDocument) {
    this.document = document;
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ parameters: [], ...operation, method, path })),
    );
    this.#ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
    this.#ajv.addVocabulary(['openapi', 'info', 'paths', 'components', 'discriminator']);
    this.#ajv.addSchema({ ...document, $id: ID });
    this.#ajv.addSchema({ ...closeAll(document), $id: CLOSED_ID });
  }

  /** The operation with this id; throws where there is none. */
  operation(id: string): DocumentedOperation {
    const operation = this.operations.find(({ operationId }) => operationId === id);
    if (operation === undefined) throw new Error(`No operation ${id}`);
    return operation;
  }

  /**
   * What is wrong with an answer of this operation, in words; nothing if it is as documented. An answer with a member that
   * is not in the document is wrong, too.
   */
  check(operation: DocumentedOperation, { status, contentType, body }: ReadAnswer, isHead = false): string[] {
    const response = operation.responses[String(status)];
    if (response === undefined) return [`status ${status} is not documented`];
    if (isHead && body.length === 0) return [];
    if (response.content === undefined) return body.length === 0 ? [] : ['has a body'];

    const essence = contentType?.split(';', 1)[0] ?? '';
    const type = essence in response.content ? essence : '*/*';
    const content = response.content[type];
    if (content === undefined) return [`content type ${contentType} is not documented`];
    if (!essence.endsWith('json')) return [];

    const pointer = [operation.path, operation.method, 'responses', status, 'content', type, 'schema'];
    return this.#validate(CLOSED_ID, ['paths', ...pointer], JSON.parse(new TextDecoder().decode(body)));
  }

  /** What is wrong with a JSON body of this operation, in words; nothing where it can be sent. */
  checkBody(operation: DocumentedOperation, value: unknown): string[] {
    const pointer = [
      operation.path,
      operation.method,
      'requestBody',
      'content',
      'application/json',
      'schema',
    ];
    return this.#validate(ID, ['paths', ...pointer], value);
  }

  /** The codes of the problems that an operation is documented to answer with. */
  readonly codesOf = ({ responses }: DocumentedOperation): Set<string> => {
    const refs = JSON.stringify(responses).matchAll(/"\$ref":"#\/components\/schemas\/problem\.([\w-]+)"/g);
    return new Set([...refs].map(([, code]) => String(code)));
  };

  /** The operation that a request is for, by the address as it arrives; null where it is for none. */
  match(method: string, url: string): DocumentedOperation | null {
    const path = decodePath(new URL(url).pathname);
    const isOf = (wanted: string): boolean =>
      wanted.toUpperCase() === method || (wanted === 'get' && method === 'HEAD');
    const found = this.operations.filter(
      (operation) => isOf(operation.method) && toPattern(operation.path).test(path),
    );
    return found.find((operation) => operation.method.toUpperCase() === method) ?? found[0] ?? null;
  }

  /** What is wrong with a value by a schema of the document, named by the way to it. */
  #validate(id: string, pointer: readonly (string | number)[], value: unknown): string[] {
    const ref = `${id}#/${pointer.map(escapePointer).join('/')}`;
    const validate = this.#validators.get(ref) ?? this.#ajv.compile({ $ref: ref });
    this.#validators.set(ref, validate);
    return validate(value) ? [] : [this.#ajv.errorsText(validate.errors)];
  }

  /** Compiles every schema of the components, so that one that is no schema throws. */
  compileAll(): void {
    for (const name of Object.keys(this.document.components.schemas)) {
      this.#ajv.compile({ $ref: `${ID}#/components/schemas/${escapePointer(name)}` });
    }
  }
}

/** Media alone lies in folders. */
function toPattern(path: string): RegExp {
  const pattern = path
    .replace('/{path}', '(?:/.*)?')
    .replaceAll('.', '\\.')
    .replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern.replace('(?:/\\.*)?', '(?:/.*)?')}$`, 's');
}

function decodePath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function escapePointer(part: string | number): string {
  return encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** Documents leave objects open, so that a server may say more one day; a test wants to know when it does. */
function closeAll(value: unknown, name?: string): object {
  return close(value, name) as object;
}

function close(value: unknown, name?: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => close(entry));
  if (typeof value !== 'object' || value === null) return value;

  const entries = Object.entries(value).map(([key, entry]) => [key, close(entry, key)] as const);
  const closed: DocumentSchema = Object.fromEntries(entries);
  const isObject = closed['type'] === 'object' && closed['properties'] !== undefined;
  if (!isObject || 'additionalProperties' in closed || OPEN.has(name ?? '')) return closed;
  return 'allOf' in closed
    ? { ...closed, unevaluatedProperties: false }
    : { ...closed, additionalProperties: false };
}
