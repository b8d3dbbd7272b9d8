import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyIdFromBytes } from '../key-id/key-id.js';
import { readClearKeyLicenseRequest, writeClearKeyLicenseRequest } from './clear-key-license-request.js';

const KID = 'LwVHf8JLtPrv2GUXFW2v_A';
const KEY_ID = '2f05477fc24bb4faefd86517156daffc';
const OTHER_KID = '0DdtU9od-Bh5L3xbv0Xf_A';
const OTHER_KEY_ID = 'd0376d53da1df818792f7c5bbf45dffc';

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('a Clear Key license request', () => {
  it('is read and written as in EME, byte for byte', () => {
    // W3C Encrypted Media Extensions, section "Clear Key", license request format
    const bytes = new TextEncoder().encode(`{"kids":["${KID}"],"type":"temporary"}`);
    const request = { kids: [KEY_ID], type: 'temporary' } as const;

    expect(readClearKeyLicenseRequest(bytes)).toEqual(request);
    expect(writeClearKeyLicenseRequest(request)).toEqual(bytes);
  });

  it('may be for a persistent license', () => {
    expect(readClearKeyLicenseRequest(bytesOf({ kids: [KID], type: 'persistent-license' }))).toEqual({
      kids: [KEY_ID],
      type: 'persistent-license',
    });
  });

  it('gives repeated key ids once, at their first place', () => {
    const bytes = bytesOf({ kids: [OTHER_KID, KID, OTHER_KID], type: 'temporary' });

    expect(readClearKeyLicenseRequest(bytes).kids).toEqual([OTHER_KEY_ID, KEY_ID]);
    expect(
      readClearKeyLicenseRequest(
        writeClearKeyLicenseRequest({ kids: [KEY_ID, KEY_ID, OTHER_KEY_ID], type: 'temporary' }),
      ).kids,
    ).toEqual([KEY_ID, OTHER_KEY_ID]);
  });

  it('may have members that EME does not define', () => {
    expect(
      readClearKeyLicenseRequest(bytesOf({ kids: [KID], type: 'temporary', extra: { deep: [] } })),
    ).toEqual({ kids: [KEY_ID], type: 'temporary' });
  });

  it.each([
    ['nothing', '', 'malformed', 'licenseRequest'],
    ['HTML', '<html></html>', 'malformed', 'licenseRequest'],
    ['a list', '[]', 'malformed', 'licenseRequest'],
    ['null', 'null', 'malformed', 'licenseRequest'],
    ['a byte order mark', `\ufeff{"kids":["${KID}"],"type":"temporary"}`, 'malformed', 'licenseRequest'],
    ['no kids', '{"type":"temporary"}', 'malformed', 'kids'],
    ['kids that are no list', `{"kids":"${KID}","type":"temporary"}`, 'malformed', 'kids'],
    ['kids that are a list-like object', '{"kids":{"length":1},"type":"temporary"}', 'malformed', 'kids'],
    ['empty kids', '{"kids":[],"type":"temporary"}', 'invalid-value', 'kids'],
    ['a kid that is no string', `{"kids":["${KID}",7],"type":"temporary"}`, 'malformed', 'kids[1]'],
    ['a padded kid', `{"kids":["${KID}=="],"type":"temporary"}`, 'malformed', 'kids[0]'],
    ['a kid in base64', `{"kids":["LwVHf8JLtPrv2GUXFW2v/A"],"type":"temporary"}`, 'malformed', 'kids[0]'],
    ['a kid in hex', `{"kids":["${KEY_ID}"],"type":"temporary"}`, 'invalid-value', 'kids[0]'],
    ['a kid of 15 bytes', '{"kids":["AAAAAAAAAAAAAAAAAAAA"],"type":"temporary"}', 'invalid-value', 'kids[0]'],
    ['no type', `{"kids":["${KID}"]}`, 'invalid-value', 'type'],
    ['an unknown type', `{"kids":["${KID}"],"type":"persistent-usage-record"}`, 'invalid-value', 'type'],
    ['a type named like a method', `{"kids":["${KID}"],"type":"toString"}`, 'invalid-value', 'type'],
  ])('is refused with %s', (_, text, code, field) => {
    expect(() => readClearKeyLicenseRequest(new TextEncoder().encode(text))).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field }),
    );
  });

  it('is refused when it is not UTF-8', () => {
    expect(() => readClearKeyLicenseRequest(Uint8Array.of(0x7b, 0xff, 0x7d))).toThrow(
      expect.objectContaining({ code: 'malformed', field: 'licenseRequest' }),
    );
  });

  it('is bounded in bytes and key ids, repeated ones included', () => {
    const kids = Array.from({ length: 64 }, () => KID);
    const padding = ' '.repeat(64 * 1024 - bytesOf({ kids, type: 'temporary' }).length);
    const largest = new TextEncoder().encode(JSON.stringify({ kids, type: 'temporary' }) + padding);

    expect(readClearKeyLicenseRequest(largest).kids).toEqual([KEY_ID]);
    expect(() => readClearKeyLicenseRequest(Uint8Array.of(...largest, 0x20))).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'licenseRequest' }),
    );
    expect(() => readClearKeyLicenseRequest(bytesOf({ kids: [...kids, KID], type: 'temporary' }))).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'kids' }),
    );
  });

  it('has bounds that the caller may set', () => {
    const bytes = bytesOf({ kids: [KID, OTHER_KID], type: 'temporary' });

    expect(readClearKeyLicenseRequest(bytes, { maxKeys: 2 }).kids).toHaveLength(2);
    expect(() => readClearKeyLicenseRequest(bytes, { maxKeys: 1 })).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'kids' }),
    );
    expect(() => readClearKeyLicenseRequest(bytes, { maxBytes: bytes.length - 1 })).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'licenseRequest' }),
    );
  });

  it('is not written without key ids, or with one in another spelling', () => {
    expect(() => writeClearKeyLicenseRequest({ kids: [], type: 'temporary' })).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'kids' }),
    );
    expect(() => writeClearKeyLicenseRequest({ kids: [KID], type: 'temporary' })).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'kids[0]' }),
    );
  });

  it('reads back what it writes', () => {
    const keyIds = fc.uniqueArray(
      fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => keyIdFromBytes(bytes)),
      { minLength: 1, maxLength: 64 },
    );
    fc.assert(
      fc.property(
        keyIds,
        fc.constantFrom('temporary' as const, 'persistent-license' as const),
        (kids, type) => {
          expect(readClearKeyLicenseRequest(writeClearKeyLicenseRequest({ kids, type }))).toEqual({
            kids,
            type,
          });
        },
      ),
    );
  });
});
