import { keyIdToBase64Url, type SealedSystem } from '@secure-player/protocol';
import fc from 'fast-check';

import { CLEAR_KEY_MESSAGE, PASSWORD, PLACEHOLDERS, type FuzzRequest, type FuzzWorld } from './fuzz-world.js';
import type { DocumentedOperation } from './openapi-checker.js';
import { schemaArbitrary, type KnownValues } from './schema-arbitrary.js';
import { FILM_KEYS } from './setup.js';

/** A generated request with the pieces it is made of, for whoever spoils one of them. */
export interface ValidRequest extends FuzzRequest {
  readonly mediaType: string | null;
  /** What the body is the JSON of; undefined where it is something else. */
  readonly json: unknown;
}

/** Requests of an operation that have to succeed: made from its schemas, with what exists on the server put in. */
export function validRequestArbitrary(
  world: FuzzWorld,
  operation: DocumentedOperation,
): fc.Arbitrary<ValidRequest> {
  const known = knownFor(world, operation);
  const own = operation.parameters.filter(({ name }) => !LEFT_OUT.has(name));
  const parameters = fc.record(
    Object.fromEntries(
      own.map(({ name, schema }) => [
        name,
        known[name] ?? schemaArbitrary(world.checker.document, schema, known),
      ]),
    ),
    {
      requiredKeys: own.filter(({ name, required }) => required || NEEDED.has(name)).map(({ name }) => name),
    },
  );

  return fc.tuple(parameters, bodyArbitrary(world, operation, known)).map(([values, body]) => ({
    method: operation.method.toUpperCase(),
    target: targetOf(operation, values as Readonly<Record<string, string>>),
    headers: [
      ...(operation.security.length > 0 ? [['Authorization', `Bearer ${PLACEHOLDERS.token}`] as const] : []),
      ...headersOf(operation, values as Readonly<Record<string, string>>),
      ...(body.mediaType === null ? [] : [['Content-Type', body.mediaType] as const]),
    ],
    ...body,
  }));
}

/** What the schema leaves open, and the plan of this viewer demands. */
const NEEDED = new Set(['session']);

/** A license belongs to a playback session or to an offline license; tests of their own ask by the latter. */
const LEFT_OUT = new Set(['offline']);

type Body = Pick<ValidRequest, 'body' | 'mediaType' | 'json'>;

const NO_BODY: Body = { body: undefined, mediaType: null, json: undefined };

function bodyArbitrary(
  world: FuzzWorld,
  operation: DocumentedOperation,
  known: KnownValues,
): fc.Arbitrary<Body> {
  const { requestBody } = operation;
  if (requestBody === undefined) return fc.constant(NO_BODY);

  const bodies = Object.entries(requestBody.content).map(([mediaType, { schema }]): fc.Arbitrary<Body> => {
    if (mediaType === 'application/json') {
      const values = schemaArbitrary(world.checker.document, schema, known);
      return values.map((json) => ({ body: JSON.stringify(json), mediaType, json }));
    }
    if (mediaType === 'application/x-www-form-urlencoded') {
      return fc.constant({ body: `spc=${spcOf(world)}`, mediaType, json: undefined });
    }
    return fc.constant({ body: messageOf(world, operation), mediaType, json: undefined });
  });
  return requestBody.required ? fc.oneof(...bodies) : fc.oneof(fc.constant(NO_BODY), ...bodies);
}

/** The whole message that a license operation is for. */
export function messageOf(world: FuzzWorld, { operationId }: DocumentedOperation): Uint8Array<ArrayBuffer> {
  const system = operationId.replace('license_', '');
  return system === 'clearkey'
    ? new TextEncoder().encode(CLEAR_KEY_MESSAGE)
    : world.messages[system as SealedSystem];
}

function spcOf({ messages }: FuzzWorld): string {
  return Buffer.from(messages.fairplay).toString('base64');
}

/** What each operation is about, where that is not any title. */
const CONTENT_IDS: Readonly<Record<string, readonly string[]>> = {
  rentTitle: ['rental'],
  openOfflineLicense: ['film'],
};

/** What each operation calls an id, where that is no playback session's. */
const IDS: Readonly<Record<string, string>> = {
  stopStream: PLACEHOLDERS.stream,
  revokeOfflineLicense: PLACEHOLDERS.handle,
  checkOfflineLicense: PLACEHOLDERS.offline,
  renewOfflineLicense: PLACEHOLDERS.offline,
  reportFirstPlay: PLACEHOLDERS.offline,
};

function knownFor(world: FuzzWorld, { operationId }: DocumentedOperation): KnownValues {
  return {
    username: fc.constantFrom('premium', 'basic', 'expired'),
    password: fc.constant(PASSWORD),
    contentId: fc.constantFrom(...(CONTENT_IDS[operationId] ?? ['film', 'trailer'])),
    content: fc.constant('film'),
    deviceId: fc.constantFrom('device-1', 'device_2', '3.'),
    // What the titles are packaged in.
    format: fc.constantFrom('dash', 'hls'),
    replace: fc.constantFrom('oldest', PLACEHOLDERS.stream),
    id: fc.constant(IDS[operationId] ?? PLACEHOLDERS.session),
    session: fc.constant(PLACEHOLDERS.session),
    kids: fc.subarray(
      Object.values(FILM_KEYS).map((keyId) => keyIdToBase64Url(keyId)),
      { minLength: 1 },
    ),
    type: fc.constant('temporary'),
    spc: fc.constant(spcOf(world)),
    path: fc.constantFrom('film-v1/dash/1.m4s', 'film-v1/poster.jpg'),
    Range: fc.constantFrom('bytes=0-', 'bytes=1-3', 'bytes=-2'),
    'If-None-Match': fc.constant('"something-else"'),
  };
}

function targetOf(
  { path, parameters }: DocumentedOperation,
  values: Readonly<Record<string, string>>,
): string {
  const target = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeParts(values[name] ?? ''));
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && values[parameter.name] !== undefined)
    .map(({ name }) => `${name}=${encode(values[name] ?? '')}`);
  return query.length === 0 ? target : `${target}?${query.join('&')}`;
}

function headersOf({ parameters }: DocumentedOperation, values: Readonly<Record<string, string>>) {
  return parameters
    .filter((parameter) => parameter.in === 'header' && values[parameter.name] !== undefined)
    .map(({ name }) => [name, values[name] ?? ''] as const);
}

function encodeParts(text: string): string {
  return text.split('/').map(encode).join('/');
}

/** Placeholders stay what they are. */
function encode(text: string): string {
  return /^<\w+>$/.test(text) ? text : encodeURIComponent(text);
}
