import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES, type ProblemCode } from './problem-codes.js';
import { createProblem, readProblemDetails } from './problem-details.js';

const CODES = Object.keys(PROBLEM_CODES) as ProblemCode[];

describe('PROBLEM_CODES', () => {
  it('keeps the statuses that clients rely on', () => {
    const statuses = Object.fromEntries(CODES.map((code) => [code, PROBLEM_CODES[code].status]));

    expect(statuses).toEqual({
      'authentication-required': 401,
      'credentials-rejected': 401,
      'session-expired': 401,
      'subscription-expired': 403,
      'plan-insufficient': 403,
      'security-level-insufficient': 403,
      'region-blocked': 451,
      'rental-required': 403,
      'rental-expired': 403,
      'device-limit-reached': 403,
      'stream-limit-reached': 409,
      'session-superseded': 403,
      'playback-session-required': 403,
      'too-many-requests': 429,
      'license-token-rejected': 403,
      'license-upstream-refused': 502,
      'license-upstream-failed': 502,
      'license-upstream-timeout': 504,
      'playback-session-unknown': 404,
      'playback-session-ended': 410,
      'offline-not-allowed': 403,
      'offline-license-unknown': 404,
      'offline-license-expired': 403,
      'offline-license-revoked': 410,
      'offline-license-released': 410,
      'content-not-found': 404,
      'not-found': 404,
      'method-not-allowed': 405,
      'invalid-request': 400,
      'payload-too-large': 413,
      'unsupported-media-type': 415,
      'range-not-satisfiable': 416,
      'key-system-unsupported': 404,
      'internal-error': 500,
      'service-unavailable': 503,
    });
  });
});

describe('createProblem', () => {
  it('makes an RFC 9457 document', () => {
    expect(createProblem('plan-insufficient')).toEqual({
      type: 'urn:secure-player:problem:plan-insufficient',
      title: 'The plan does not include this',
      status: 403,
      code: 'plan-insufficient',
    });
  });

  it('adds what the caller says, and no member for what it does not say', () => {
    const errors = [{ field: 'kids[3]', message: 'must be 16 bytes' }];

    expect(createProblem('invalid-request', { detail: 'Two fields are wrong.', errors })).toMatchObject({
      detail: 'Two fields are wrong.',
      errors,
    });
    expect(createProblem('invalid-request', { detail: undefined })).not.toHaveProperty('detail');
  });
});

describe('readProblemDetails', () => {
  it.each(CODES)('reads %s after its trip as JSON', (code) => {
    const problem = createProblem(code, {
      detail: 'Why.',
      errors: [{ field: 'contentId', message: 'is missing' }],
    });

    expect(readProblemDetails(JSON.parse(JSON.stringify(problem)))).toEqual(problem);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'Forbidden'],
    ['a list', [createProblem('not-found')]],
    ['an empty object', {}],
    ['a problem of another service', { type: 'about:blank', title: 'Not Found', status: 404 }],
    ['a code from a later version', { ...createProblem('not-found'), code: 'from-the-future' }],
    ['a code named like a method', { type: 'urn:secure-player:problem:toString', code: 'toString' }],
    ['a code that its type contradicts', { ...createProblem('not-found'), code: 'internal-error' }],
    [
      'a code beside a foreign type',
      { ...createProblem('not-found'), type: 'https://example.com/not-found' },
    ],
  ])('gives null for %s', (_, value) => {
    expect(readProblemDetails(value)).toBeNull();
  });

  it('keeps a title and a status that differ from the table', () => {
    const problem = { ...createProblem('not-found'), title: 'Nichts gefunden', status: 410 };

    expect(readProblemDetails(problem)).toEqual(problem);
  });

  it('ignores members of a wrong type, and members it does not know', () => {
    expect(
      readProblemDetails({
        ...createProblem('invalid-request'),
        title: 7,
        status: '400',
        detail: {},
        errors: [null, { field: 'a' }, { field: 'b', message: 'is wrong', value: 'secret' }],
        token: 'secret',
      }),
    ).toEqual({
      ...createProblem('invalid-request'),
      errors: [{ field: 'b', message: 'is wrong' }],
    });
    expect(readProblemDetails({ ...createProblem('not-found'), status: 200, errors: 'all' })).toEqual(
      createProblem('not-found'),
    );
  });
});
