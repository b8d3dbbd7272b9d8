import { describe, expect, it } from 'vitest';

import type { AuthorizePurpose } from '../authorize/authorizer.js';
import { HTTP_ERROR_TABLE, httpErrorCode } from './http-error.js';

const PURPOSES = Object.keys(HTTP_ERROR_TABLE) as AuthorizePurpose[];

describe.each(PURPOSES)('a request for a %s', (purpose) => {
  it('has a name for every way to end without what was asked for', () => {
    for (const outcome of ['unreachable', 'timeout', 0, 204, 304, 400, 401, 403, 404, 418, 500, 503, 999]) {
      expect(httpErrorCode(purpose, outcome as number)).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
    }
  });

  it('means the same as any other where the server speaks of the viewer', () => {
    expect(httpErrorCode(purpose, 402)).toBe('subscription-expired');
    expect(httpErrorCode(purpose, 451)).toBe('region-blocked');
  });
});

it.each([
  ['manifest', 404, 'manifest-not-found'],
  ['manifest', 410, 'manifest-not-found'],
  ['manifest', 403, 'manifest-forbidden'],
  ['manifest', 400, 'manifest-unreachable'],
  ['segment', 401, 'segment-forbidden'],
  ['segment', 404, 'segment-unavailable'],
  ['license', 408, 'license-timeout'],
  ['license', 418, 'license-refused'],
  ['license', 304, 'license-refused'],
  ['key', 'unreachable', 'license-unreachable'],
  ['certificate', 404, 'certificate-failed'],
  ['certificate', 401, 'authentication-required'],
  ['entitlement', 404, 'content-not-found'],
  ['entitlement', 403, 'entitlement-refused'],
  ['entitlement', 'timeout', 'entitlement-failed'],
] as const)('of a %s with %s is %s', (purpose, outcome, code) => {
  expect(httpErrorCode(purpose, outcome)).toBe(code);
});
