import { describe, expect, it } from 'vitest';

import { isPlaybackError, PlaybackError, toPlaybackError } from './playback-error.js';

describe('PlaybackError', () => {
  it('is an Error with its code, its recovery and the explanation of its code', () => {
    const error = new PlaybackError('license-timeout');

    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'PlaybackError',
      code: 'license-timeout',
      recovery: 'retry',
      retryable: true,
      message: 'The license server did not answer in time.',
    });
    expect(String(error)).toBe('PlaybackError: The license server did not answer in time.');
  });

  it('has a JSON form with what is known, and no empty members', () => {
    expect(JSON.parse(JSON.stringify(new PlaybackError('unknown')))).toEqual({
      name: 'PlaybackError',
      code: 'unknown',
      recovery: 'contact-support',
      retryable: true,
      message: 'A failure that the kit has no name for; see `engineCode` and `cause`.',
    });

    const cause = new TypeError('outer', { cause: new RangeError('inner') });
    const full = new PlaybackError('unknown', { message: 'Why.', httpStatus: 500, engineCode: 6007, cause });
    expect(JSON.parse(JSON.stringify(full))).toMatchObject({
      message: 'Why.',
      httpStatus: 500,
      engineCode: 6007,
      cause: { name: 'TypeError', message: 'outer', cause: { name: 'RangeError', message: 'inner' } },
    });
  });

  it.each([
    ['a string', 'text', { name: 'string', message: 'text' }],
    ['a number', 5, { name: 'number', message: '' }],
    ['an object', { secret: 1 }, { name: 'object', message: '' }],
    ['a DOMException', new DOMException('no', 'NotAllowedError'), { name: 'NotAllowedError', message: 'no' }],
    ['strange members', { name: 5, message: {} }, { name: 'Error', message: '' }],
    ['null', null, undefined],
  ])('keeps a plain copy of %s', (_, cause, expected) => {
    expect(new PlaybackError('unknown', { cause }).cause).toEqual(expected);
  });

  it('ends a chain of causes that has no end', () => {
    const cause = new Error('loop');
    cause.cause = cause;

    expect(JSON.stringify(new PlaybackError('unknown', { cause })).match(/loop/g)).toHaveLength(4);
  });
});

describe('isPlaybackError', () => {
  it('knows one of another copy of the package', () => {
    const foreign = Object.defineProperty(new Error('x'), Symbol.for('@secure-player/playback-error'), {
      value: true,
    });

    expect(isPlaybackError(new PlaybackError('unknown'))).toBe(true);
    expect(isPlaybackError(foreign)).toBe(true);
  });

  it.each([null, undefined, 'PlaybackError', new Error('x'), { code: 'unknown', name: 'PlaybackError' }])(
    'does not take %o for one',
    (value) => {
      expect(isPlaybackError(value)).toBe(false);
    },
  );
});

describe('toPlaybackError', () => {
  it('passes one through and wraps anything else', () => {
    const error = new PlaybackError('key-missing');

    expect(toPlaybackError(error, 'license-malformed')).toBe(error);
    expect(toPlaybackError(new Error('x'), 'license-malformed')).toMatchObject({
      code: 'license-malformed',
      cause: { message: 'x' },
    });
    expect(toPlaybackError('x')).toMatchObject({ code: 'unknown' });
  });
});
