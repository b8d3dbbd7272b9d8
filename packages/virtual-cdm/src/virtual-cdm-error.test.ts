import { describe, expect, it } from 'vitest';
import { isVirtualCdmError, VirtualCdmError } from './virtual-cdm-error.js';

describe('VirtualCdmError', () => {
  it('holds its code, its message and what caused it', () => {
    const cause = new Error('no Web Crypto');
    const error = new VirtualCdmError('not-supported', 'Serve the page over HTTPS.', { cause });

    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'VirtualCdmError',
      code: 'not-supported',
      message: 'Serve the page over HTTPS.',
      cause,
    });
    expect(Object.keys(error).sort()).toEqual(['code', 'name']);
  });
});

describe('isVirtualCdmError', () => {
  it('tells it from everything else', () => {
    expect(isVirtualCdmError(new VirtualCdmError('unknown-key', 'x'))).toBe(true);

    for (const other of [null, undefined, 'unknown-key', new Error('x'), { code: 'unknown-key' }]) {
      expect(isVirtualCdmError(other)).toBe(false);
    }
  });

  it('knows one of another copy of the package', () => {
    const foreign = { [Symbol.for('@secure-player/virtual-cdm-error')]: true };

    expect(isVirtualCdmError(foreign)).toBe(true);
  });
});
