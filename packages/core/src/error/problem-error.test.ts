import { createProblem, PROBLEM_CODES, type ProblemCode } from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';

import { PLAYBACK_ERROR_CODES } from './error-table.js';
import { errorFromAnswer } from './problem-error.js';

const CODES = Object.keys(PROBLEM_CODES) as ProblemCode[];

describe('a problem of the entitlement server', () => {
  it.each(CODES)('%s means something for playback, whatever the status', (code) => {
    const error = errorFromAnswer(418, createProblem(code));

    expect(PLAYBACK_ERROR_CODES).toContain(error.code);
    expect(error.code).not.toBe('unknown');
    expect(error.httpStatus).toBe(418);
  });

  it.each([
    ['authentication-required', 'sign-in'],
    ['session-expired', 'sign-in'],
    ['subscription-expired', 'upgrade-plan'],
    ['plan-insufficient', 'upgrade-plan'],
    ['security-level-insufficient', 'use-other-device'],
    ['service-unavailable', 'retry'],
  ] as const)('%s leads to %s', (code, recovery) => {
    expect(errorFromAnswer(400, createProblem(code)).recovery).toBe(recovery);
  });

  it('lends nothing of its text to the error', () => {
    const error = errorFromAnswer(403, createProblem('plan-insufficient', { detail: 'for account 4711' }));

    expect(JSON.stringify(error)).not.toContain('4711');
  });
});

describe('an answer without a problem of ours', () => {
  it.each([
    [401, 'authentication-required'],
    [400, 'license-refused'],
    [403, 'license-refused'],
    [404, 'license-refused'],
    [429, 'license-server-error'],
    [500, 'license-server-error'],
    [503, 'license-server-error'],
  ])('%i is %s', (status, code) => {
    for (const body of [
      null,
      'text',
      [],
      { code: 'plan-insufficient' },
      { type: 'about:blank', code: 'x' },
    ]) {
      expect(errorFromAnswer(status, body)).toMatchObject({ code, httpStatus: status });
    }
  });
});
