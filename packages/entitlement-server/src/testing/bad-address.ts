import fc from 'fast-check';

import { CANARY, PLACEHOLDERS, type FuzzWorld } from './fuzz-world.js';
import type { DocumentedOperation } from './openapi-checker.js';
import type { Spoiled } from './spoiled.js';
import type { ValidRequest } from './valid-request.js';

/** Any method at any address. */
export function wrongMethod(
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

/** Parts of the path changed, doubled and encoded in ways that parsers differ about. */
export function oddPath(valid: fc.Arbitrary<ValidRequest>): Spoiled {
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

/** Queries that were never meant. */
export function oddQuery(valid: fc.Arbitrary<ValidRequest>): Spoiled {
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
      'offline',
      'offline=%00',
      'offline=a&offline=b',
      `offline=${CANARY}`,
      `offline=${PLACEHOLDERS.offline}`,
      `offline=${PLACEHOLDERS.offline}&session=${PLACEHOLDERS.session}`,
      `offline=${PLACEHOLDERS.handle}&type=persistent-license`,
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
