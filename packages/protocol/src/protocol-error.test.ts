import { describe, expect, it } from 'vitest';
import { ProtocolError, isProtocolError, withOffsets } from './protocol-error.js';

describe('ProtocolError', () => {
  it('names the field and the offset in its message', () => {
    const error = new ProtocolError('truncated', 'pssh.data', 'needs 8 bytes and 3 are left', 28);

    expect(error.message).toBe('pssh.data at offset 28: needs 8 bytes and 3 are left');
    expect(error).toMatchObject({ name: 'ProtocolError', code: 'truncated', field: 'pssh.data', offset: 28 });
    expect(error.problem).toBe('needs 8 bytes and 3 are left');
  });

  it('leaves the offset out when there is none', () => {
    const error = new ProtocolError('invalid-value', 'keyId', 'must be 16 bytes');

    expect(error.message).toBe('keyId: must be 16 bytes');
    expect(error.offset).toBeUndefined();
  });
});

describe('isProtocolError', () => {
  it('tells it from other errors and from things that only look like it', () => {
    expect(isProtocolError(new ProtocolError('malformed', 'a', 'b'))).toBe(true);
    expect(isProtocolError(new Error('malformed'))).toBe(false);
    expect(isProtocolError({ name: 'ProtocolError', code: 'malformed' })).toBe(false);
    expect(isProtocolError(null)).toBe(false);
  });

  it('knows an error of another copy of this package', () => {
    const foreign = Object.assign(new Error(), { name: 'ProtocolError', code: 'malformed' });

    expect(isProtocolError(foreign)).toBe(true);
  });
});

describe('withOffsets', () => {
  it('moves the offset of a ProtocolError and keeps the rest', () => {
    const read = (): never => {
      throw new ProtocolError('malformed', 'KID', 'is not base64', 3);
    };

    expect(() => withOffsets(read, (offset = 0) => 100 + 2 * offset)).toThrow(
      expect.objectContaining({ code: 'malformed', field: 'KID', problem: 'is not base64', offset: 106 }),
    );
  });

  it('lets other errors and results through', () => {
    const bug = new TypeError('bug');

    expect(
      withOffsets(
        () => 7,
        () => 0,
      ),
    ).toBe(7);
    expect(() =>
      withOffsets(
        () => {
          throw bug;
        },
        () => 0,
      ),
    ).toThrow(bug);
  });
});
