import { describe, expect, it, vi } from 'vitest';
import { createException, EXCEPTION_NAMES, exceptionNameOf } from './exception.js';

describe('createException', () => {
  it.each(EXCEPTION_NAMES)('makes a %s of that name', (name) => {
    expect(createException(name, 'why')).toMatchObject({ name, message: 'why' });
  });

  it('makes DOMExceptions of all but the errors of JavaScript itself', () => {
    expect(createException('InvalidStateError', '')).toBeInstanceOf(DOMException);
    expect(createException('TypeError', '')).toBeInstanceOf(TypeError);
    expect(createException('RangeError', '')).toBeInstanceOf(RangeError);
  });

  it('uses the QuotaExceededError of a platform that has one', () => {
    class QuotaExceededError extends DOMException {
      constructor(message: string) {
        super(message, 'QuotaExceededError');
      }
    }
    vi.stubGlobal('QuotaExceededError', QuotaExceededError);

    expect(createException('QuotaExceededError', 'full')).toBeInstanceOf(QuotaExceededError);
  });

  it('makes a DOMException of that name where there is none', () => {
    vi.stubGlobal('QuotaExceededError', undefined);

    expect(createException('QuotaExceededError', 'full')).toBeInstanceOf(DOMException);
  });
});

describe('exceptionNameOf', () => {
  it('gives the name of an error that EME knows', () => {
    expect(exceptionNameOf(new DOMException('', 'InvalidStateError'))).toBe('InvalidStateError');
    expect(exceptionNameOf(new TypeError('secret'))).toBe('TypeError');
  });

  it('calls everything else Error', () => {
    const named = Object.assign(new Error('secret'), { name: 'secret' });

    for (const other of [named, new Error('secret'), 'TypeError', null, undefined]) {
      expect(exceptionNameOf(other)).toBe('Error');
    }
  });
});
