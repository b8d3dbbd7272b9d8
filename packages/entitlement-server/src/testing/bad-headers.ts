import fc from 'fast-check';

import { CANARY, PLACEHOLDERS, type FuzzRequest } from './fuzz-world.js';
import type { DocumentedOperation } from './openapi-checker.js';
import type { Spoiled } from './spoiled.js';
import type { ValidRequest } from './valid-request.js';

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

/** Headers with values of all kinds, the operation's own above all. */
export function oddHeaders({ parameters }: DocumentedOperation, valid: fc.Arbitrary<ValidRequest>): Spoiled {
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

/** Nearly a token. */
export function badAuthorization(
  { security }: DocumentedOperation,
  valid: fc.Arbitrary<ValidRequest>,
): Spoiled {
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
