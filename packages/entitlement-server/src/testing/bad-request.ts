import fc from 'fast-check';

import { CANARY, PLACEHOLDERS, type FuzzRequest, type FuzzWorld } from './fuzz-world.js';
import type { DocumentedOperation } from './openapi-checker.js';
import { messageOf, validRequestArbitrary, type ValidRequest } from './valid-request.js';

/** Something that no client of ours would send. */
export interface BadRequest {
  /** How it was spoiled. */
  readonly kind: string;
  readonly request: FuzzRequest;
  /** Whether it cannot be taken for a good one: some of what is odd means nothing to a server. */
  readonly mustFail: boolean;
}

type Spoiled = fc.Arbitrary<BadRequest>;

/** Bad requests of all kinds, spread over all operations. */
export function badRequestArbitrary(world: FuzzWorld): Spoiled {
  return fc.oneof(
    ...world.checker.operations.map((operation) => ({
      // There is more to get wrong about a body than about an address.
      weight: operation.requestBody === undefined ? 1 : 5,
      arbitrary: spoiledArbitrary(world, operation),
    })),
  );
}

function spoiledArbitrary(world: FuzzWorld, operation: DocumentedOperation): Spoiled {
  const valid = validRequestArbitrary(world, operation);
  const hasBody = operation.requestBody !== undefined;
  const isLicense = operation.operationId.startsWith('license_');

  const of = (weight: number, arbitrary: Spoiled) => ({ weight, arbitrary });

  return fc.oneof(
    of(2, wrongMethod(world, operation, valid)),
    of(2, oddPath(valid)),
    of(1, oddQuery(valid)),
    of(1, oddHeaders(operation, valid)),
    of(2, badAuthorization(operation, valid)),
    ...(hasBody
      ? [
          of(5, wrongJson(world, operation, valid)),
          of(2, wrongMediaType(operation, valid)),
          of(3, brokenText(operation, valid)),
          of(1, oversized(operation, valid)),
          of(1, cutOff(operation, valid)),
        ]
      : []),
    ...(isLicense ? [of(8, brokenMessage(world, operation, valid))] : []),
  );
}

const EVIL_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', CANARY, ''];

/** `constantFrom` takes no `unknown`. */
function constants(...values: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.nat({ max: values.length - 1 }).map((index) => values[index]);
}

const evilValue = fc.oneof(
  constants(null, true, false, 0, -1, 1e308, 1.5, '', CANARY, [], {}, [[]], { __proto__: null, a: CANARY }),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `${CANARY}${text}`),
  fc.nat({ max: 9000 }).map((length) => CANARY.repeat(Math.ceil(length / CANARY.length))),
  fc.integer({ min: 1, max: 7000 }).map((depth): unknown => ({ deep: depth })),
  fc.jsonValue({ maxDepth: 3 }).map((value) => [value, CANARY]),
  constants('\u0000', '\ud800', '../../etc/passwd', "' OR 1=1 --", '${7*7}', '%00', '\r\nX: y'),
);

/** One place of a JSON body gets a value of another type, a member too many, or none at all. */
function wrongJson(
  world: FuzzWorld,
  operation: DocumentedOperation,
  valid: fc.Arbitrary<ValidRequest>,
): Spoiled {
  const change = fc.record({
    place: fc.nat(),
    how: fc.constantFrom('replace', 'remove', 'add'),
    name: fc.constantFrom(...EVIL_NAMES),
    value: evilValue,
  });
  return fc.tuple(valid, fc.array(change, { minLength: 1, maxLength: 3 })).map(([request, changes]) => {
    const spoiled = changes.reduce<unknown>(
      (json, { place, how, name, value }) => spoil(json, place, how, name, value),
      request.json ?? {},
    );
    const text = write(spoiled);
    const mustFail = isRefused(world, operation, text);
    return { kind: 'wrong JSON', request: withBody(request, text, 'application/json'), mustFail };
  });
}

function isRefused(world: FuzzWorld, operation: DocumentedOperation, text: string): boolean {
  if (operation.requestBody?.content['application/json'] === undefined) return true;
  return world.checker.checkBody(operation, JSON.parse(text)).length > 0;
}

/** Changes the value at a place, counted in the order in which they are written. */
function spoil(json: unknown, place: number, how: string, name: string, value: unknown): unknown {
  const places = placesOf(json);
  const path = places[place % places.length] ?? [];
  const target = path.length === 0 || how === 'add' ? [...path, ...(how === 'add' ? [name] : [])] : path;
  if (how === 'add' && typeof at(json, path) !== 'object') return set(json, path, value);
  return how === 'remove' ? set(json, target, undefined) : set(json, target, value);
}

function placesOf(json: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof json !== 'object' || json === null) return [path];
  return [path, ...Object.entries(json).flatMap(([key, value]) => placesOf(value, [...path, key]))];
}

function at(json: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return json;
  return typeof json === 'object' && json !== null
    ? at((json as Record<string, unknown>)[key], rest)
    : undefined;
}

function set(json: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value ?? null;
  const copy = Object.assign(Object.create(null) as Record<string, unknown>, json);
  const next = rest.length === 0 ? value : set(copy[key], rest, value);
  if (next === undefined) delete copy[key];
  else copy[key] = next;
  return Array.isArray(json) ? Object.values(copy) : copy;
}

/** JSON.stringify would run out of stack on what is as deep as some of these. */
function write(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) => {
    const depth = (entry as { deep?: unknown } | null)?.deep;
    return typeof depth === 'number' ? `<deep ${depth}>` : entry;
  }).replaceAll(/"<deep (\d+)>"/g, (_, depth) => `${'['.repeat(Number(depth))}${']'.repeat(Number(depth))}`);
}

function wrongMediaType(operation: DocumentedOperation, valid: fc.Arbitrary<ValidRequest>): Spoiled {
  const documented = Object.keys(operation.requestBody?.content ?? {});
  const isLicense = operation.operationId.startsWith('license_');
  const type = fc.constantFrom(
    'text/html',
    'application/problem+json',
    'application/jsonp',
    'multipart/form-data; boundary=x',
    'application/json/x',
    'text/json',
    ', application/json',
    '__proto__',
    CANARY,
    `x/${CANARY.repeat(200)}`,
    ...(isLicense ? [] : ['text/plain', 'application/octet-stream', ';charset=utf-8']),
  );
  return fc.tuple(valid, type).map(([request, mediaType]) => ({
    kind: 'wrong media type',
    request: withBody(request, request.body ?? '{}', mediaType),
    mustFail: !documented.includes(mediaType),
  }));
}

const BROKEN_TEXTS = [
  '',
  ' ',
  '{',
  '}',
  '[',
  '"',
  'null',
  'nul',
  '{"a":}',
  "{'a':1}",
  '{"a":1,}',
  'NaN',
  '\u0000',
  '\ufeff{}',
];

/** Bodies that are no JSON in UTF-8, or cut short. */
function brokenText(operation: DocumentedOperation, valid: fc.Arbitrary<ValidRequest>): Spoiled {
  const isStrict = operation.requestBody?.required === true;
  const text = fc.oneof(
    fc.constantFrom(...BROKEN_TEXTS).map((broken) => new TextEncoder().encode(broken)),
    fc
      .constantFrom([0xff], [0xc3, 0x28], [0xe2, 0x82], [0xfe, 0xff, 0, 0x7b], [0x22, 0xed, 0xa0, 0x80, 0x22])
      .map((bytes) => Uint8Array.from(bytes)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
  );
  return fc.tuple(valid, text, fc.nat(), fc.boolean()).map(([request, bytes, length, isCut]) => {
    const whole = request.json === undefined ? null : JSON.stringify(request.json);
    const body =
      isCut && whole !== null ? new TextEncoder().encode(whole).slice(0, length % whole.length) : bytes;
    return { kind: 'broken text', request: withBody(request, body, 'application/json'), mustFail: isStrict };
  });
}

function oversized(operation: DocumentedOperation, valid: fc.Arbitrary<ValidRequest>): Spoiled {
  const limit = operation.operationId.startsWith('license_') ? 64 * 1024 : 16 * 1024;
  return fc
    .tuple(valid, fc.integer({ min: 1, max: 4000 }), fc.constantFrom(' ', '[', 'a', '\u0000'), fc.boolean())
    .map(([request, excess, filling, isDeclared]) => {
      const text = filling.repeat(limit + excess);
      const spoiled = withBody(request, text, request.mediaType ?? 'application/json');
      const headers = isDeclared
        ? [...spoiled.headers, ['Content-Length', String(text.length)] as const]
        : spoiled.headers;
      return { kind: 'oversized', request: { ...spoiled, headers }, mustFail: true };
    });
}

function cutOff(operation: DocumentedOperation, valid: fc.Arbitrary<ValidRequest>): Spoiled {
  return valid.map((request) => ({
    kind: 'cut off',
    request: {
      ...withBody(request, request.body ?? '{"a', request.mediaType ?? 'application/json'),
      isCutOff: true,
    },
    mustFail: operation.requestBody !== undefined,
  }));
}

/** What CDMs send, cut short, changed and mixed up. */
function brokenMessage(
  world: FuzzWorld,
  operation: DocumentedOperation,
  valid: fc.Arbitrary<ValidRequest>,
): Spoiled {
  const message = messageOf(world, operation);
  const others = Object.values(world.messages).filter((other) => other !== message);
  const wrap = fc.constantFrom<(bytes: Uint8Array) => Uint8Array<ArrayBuffer>>(
    (bytes) => Uint8Array.from(bytes),
    (bytes) => encode(Buffer.from(bytes).toString('base64')),
    (bytes) => encode(`spc=${Buffer.from(bytes).toString('base64')}`),
    (bytes) => encode(JSON.stringify({ spc: Buffer.from(bytes).toString('base64') })),
  );
  const spoiled: fc.Arbitrary<readonly [Uint8Array, boolean]> = fc.oneof(
    fc.nat({ max: message.length - 1 }).map((length) => [message.slice(0, length), true] as const),
    fc
      .array(fc.tuple(fc.nat({ max: message.length - 1 }), fc.integer({ min: 1, max: 255 })), {
        minLength: 1,
        maxLength: 4,
      })
      .map((flips) => [flip(message, flips), false] as const),
    fc.uint8Array({ maxLength: 400 }).map((bytes) => [bytes, true] as const),
    fc
      .uint8Array({ minLength: 1, maxLength: 40 })
      .map((bytes) => [Buffer.concat([message, bytes]), false] as const),
    fc.constantFrom(...others).map((other) => [other, true] as const),
    fc.integer({ min: 1, max: 6000 }).map((depth) => [encode('<a>'.repeat(depth)), true] as const),
  );
  const types = Object.keys(operation.requestBody?.content ?? {});

  return fc
    .tuple(valid, spoiled, wrap, fc.constantFrom(...types))
    .map(([request, [bytes, isBroken], wrapped, type]) => ({
      kind: 'broken message',
      request: withBody(request, wrapped(bytes), type),
      mustFail: isBroken,
    }));
}

function flip(message: Uint8Array, flips: readonly (readonly [number, number])[]): Uint8Array {
  const copy = Uint8Array.from(message);
  for (const [index, mask] of flips) copy[index] = (copy[index] ?? 0) ^ mask;
  return copy;
}

function wrongMethod(
  world: FuzzWorld,
  operation: DocumentedOperation,
  valid: fc.Arbitrary<ValidRequest>,
): Spoiled {
  const methods = [
    'GET',
    'POST',
    'PUT',
    'DELETE',
    'PATCH',
    'OPTIONS',
    'HEAD',
    'PROPFIND',
    'X',
    'get',
    '__proto__',
    CANARY,
  ];
  return fc.tuple(valid, fc.constantFrom(...methods)).map(([request, method]) => {
    const isBodiless = ['GET', 'HEAD', 'get'].includes(method);
    const isDocumented =
      world.checker.match(method.toUpperCase(), `http://a${request.target.split('?', 1)[0]}`) !== null;
    return {
      kind: 'odd method',
      request: { ...request, method, body: isBodiless ? undefined : request.body },
      // A question about CORS has an answer everywhere.
      mustFail: !isDocumented && method !== 'OPTIONS' && operation.method !== 'head',
    };
  });
}

const ODD_PARTS = [
  '%',
  '%00',
  '%2e%2e',
  '..%2f',
  '%ff',
  '%c0%ae',
  '//',
  '/.',
  ';a=b',
  '__proto__',
  'constructor',
  '%F0%9F',
  CANARY,
  'ü',
  '*',
  ':id',
  '{id}',
  '\\',
  '%5c',
  '%0d%0aX:%20y',
  '?',
  '#',
];

function oddPath(valid: fc.Arbitrary<ValidRequest>): Spoiled {
  const part = fc.oneof(
    fc.constantFrom(...ODD_PARTS),
    fc.nat({ max: 5000 }).map((length) => CANARY.repeat(Math.ceil(length / CANARY.length))),
    fc.string({ maxLength: 12 }).map(encodeURIComponent),
  );
  return fc
    .tuple(valid, part, fc.nat(), fc.constantFrom('insert', 'replace', 'append'))
    .map(([request, text, place, how]) => {
      const [path = '', query] = request.target.split('?', 2);
      const parts = path.split('/');
      const index = 1 + (place % (parts.length - 1));
      const target =
        how === 'append'
          ? `${path}${text}`
          : [...parts.slice(0, index), text, ...parts.slice(how === 'replace' ? index + 1 : index)].join('/');
      return {
        kind: 'odd path',
        request: { ...request, target: query === undefined ? target : `${target}?${query}` },
        mustFail: false,
      };
    });
}

function oddQuery(valid: fc.Arbitrary<ValidRequest>): Spoiled {
  const query = fc.oneof(
    fc.constantFrom(
      'session',
      'session=',
      'session=%',
      'session=%00',
      'session=a&session=b',
      'format=',
      'format=DASH',
      'format[]=dash',
      'format=dash&format=hls',
      '__proto__=1',
      '&&&=',
      `session=${CANARY}`,
      `format=${CANARY}`,
      `session=${PLACEHOLDERS.session}x`,
      `session=${PLACEHOLDERS.session.toUpperCase()}`,
    ),
    fc.nat({ max: 6000 }).map((length) => `session=${CANARY.repeat(Math.ceil(length / CANARY.length))}`),
    fc.webQueryParameters(),
  );
  return fc.tuple(valid, query).map(([request, text]) => ({
    kind: 'odd query',
    request: { ...request, target: `${request.target.split('?', 1)[0]}?${text}` },
    mustFail: false,
  }));
}

const headerValue = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    ',',
    '"',
    '\t',
    'ÿ',
    '*',
    '-1',
    '0',
    '1e9',
    'null',
    'bytes=999-',
    'bytes=2-1',
    'bytes=0-0,5-6',
    CANARY,
    '__proto__',
    'a'.repeat(9000),
  ),
  fc
    .array(fc.integer({ min: 0x20, max: 0xff }), { maxLength: 40 })
    .map((codes) => String.fromCharCode(...codes.filter((code) => code !== 0x7f))),
);

function oddHeaders({ parameters }: DocumentedOperation, valid: fc.Arbitrary<ValidRequest>): Spoiled {
  const own = parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
  const any = fc.constantFrom(
    'Idempotency-Key',
    'Range',
    'If-None-Match',
    'If-Modified-Since',
    'If-Range',
    'Origin',
    'Access-Control-Request-Method',
    'Accept',
    'Accept-Language',
    'User-Agent',
    'Cookie',
    'X-Forwarded-For',
    'Forwarded',
    'SOAPAction',
    'Content-Encoding',
    'Content-Length',
    'Expect',
    'Via',
    `X-${CANARY}`,
  );
  const name = own.length === 0 ? any : fc.oneof(any, fc.constantFrom(...own));
  return fc
    .tuple(valid, fc.array(fc.tuple(name, headerValue), { minLength: 1, maxLength: 4 }))
    .map(([request, headers]) => ({
      kind: 'odd headers',
      request: { ...request, headers: [...without(request.headers, headers), ...headers] },
      mustFail: false,
    }));
}

function without(headers: FuzzRequest['headers'], others: FuzzRequest['headers']): FuzzRequest['headers'] {
  return headers.filter(([name]) => !others.some(([other]) => other === name));
}

function badAuthorization({ security }: DocumentedOperation, valid: fc.Arbitrary<ValidRequest>): Spoiled {
  const { token, session } = PLACEHOLDERS;
  const value = fc.oneof(
    fc.constantFrom(
      'Bearer',
      'Bearer ',
      `Bearer ${token}x`,
      `Bearer ${session}`,
      `Bearer ${token}, Bearer ${token}`,
      `Basic ${CANARY}`,
      token,
      `Bearer "${token}"`,
      'Bearer __proto__',
      `Bearer ${CANARY.repeat(700)}`,
      'Digest username="a"',
      'Bearer null',
      `Bearer ÿ${CANARY}`,
    ),
    fc.base64String({ minLength: 40, maxLength: 48 }).map((text) => `Bearer ${text}`),
    fc.constant(null),
  );
  const isRequired = security.length === 1;
  return fc.tuple(valid, value).map(([request, text]) => {
    const others = request.headers.filter(([name]) => name !== 'Authorization');
    return {
      kind: 'bad authorization',
      request: {
        ...request,
        headers: text === null ? others : [...others, ['Authorization', text] as const],
      },
      mustFail: isRequired,
    };
  });
}

function withBody(
  request: FuzzRequest,
  body: string | Uint8Array<ArrayBuffer>,
  mediaType: string | undefined,
): FuzzRequest {
  const others = request.headers.filter(([name]) => name !== 'Content-Type');
  return {
    method: request.method,
    target: request.target,
    headers: mediaType === undefined ? others : [...others, ['Content-Type', mediaType]],
    body,
  };
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
