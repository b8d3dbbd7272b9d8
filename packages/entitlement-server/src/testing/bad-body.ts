import fc from 'fast-check';

import { CANARY, type FuzzWorld } from './fuzz-world.js';
import type { DocumentedOperation } from './openapi-checker.js';
import { EVIL_NAMES, evilValue, spoil, write } from './spoil-json.js';
import type { Spoiled } from './spoiled.js';
import type { ValidRequest } from './valid-request.js';
import { withBody } from './with-body.js';

/** One place of a JSON body gets a value of another type, a member too many, or none at all. */
export function wrongJson(
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

/** A body under a name that is not read here. */
export function wrongMediaType(operation: DocumentedOperation, valid: fc.Arbitrary<ValidRequest>): Spoiled {
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
export function brokenText(operation: DocumentedOperation, valid: fc.Arbitrary<ValidRequest>): Spoiled {
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

/** More than is read, said beforehand or not. */
export function oversized(operation: DocumentedOperation, valid: fc.Arbitrary<ValidRequest>): Spoiled {
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

/** The connection breaks in the middle. */
export function cutOff(operation: DocumentedOperation, valid: fc.Arbitrary<ValidRequest>): Spoiled {
  return valid.map((request) => ({
    kind: 'cut off',
    request: {
      ...withBody(request, request.body ?? '{"a', request.mediaType ?? 'application/json'),
      isCutOff: true,
    },
    mustFail: operation.requestBody !== undefined,
  }));
}
