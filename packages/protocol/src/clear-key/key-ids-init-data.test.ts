import { describe, expect, it } from 'vitest';
import { readKeyIdsInitData, writeKeyIdsInitData } from './key-ids-init-data.js';

// W3C Encrypted Media Extensions, "keyids" Initialization Data Format
const EXAMPLE = new TextEncoder().encode('{"kids":["LwVHf8JLtPrv2GUXFW2v_A","0DdtU9od-Bh5L3xbv0Xf_A"]}');
const KEY_IDS = ['2f05477fc24bb4faefd86517156daffc', 'd0376d53da1df818792f7c5bbf45dffc'];

describe('keyids init data', () => {
  it('is read and written as in EME, byte for byte', () => {
    expect(readKeyIdsInitData(EXAMPLE)).toEqual(KEY_IDS);
    expect(writeKeyIdsInitData(KEY_IDS)).toEqual(EXAMPLE);
  });

  it('has each key id once', () => {
    const repeated = [...KEY_IDS, ...KEY_IDS];
    const kids = JSON.stringify({ kids: repeated.map(() => 'LwVHf8JLtPrv2GUXFW2v_A') });

    expect(writeKeyIdsInitData(repeated)).toEqual(EXAMPLE);
    expect(readKeyIdsInitData(new TextEncoder().encode(kids))).toEqual(KEY_IDS.slice(0, 1));
  });

  it.each([
    ['{}', 'malformed', 'kids'],
    ['{"kids":[]}', 'invalid-value', 'kids'],
    ['{"kids":[null]}', 'malformed', 'kids[0]'],
    ['kids', 'malformed', 'initData'],
  ])('is refused as %s', (text, code, field) => {
    expect(() => readKeyIdsInitData(new TextEncoder().encode(text))).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field }),
    );
  });

  it('is bounded', () => {
    expect(() => readKeyIdsInitData(EXAMPLE, { maxKeys: 1 })).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'kids' }),
    );
  });

  it('is not written without key ids', () => {
    expect(() => writeKeyIdsInitData([])).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'kids' }),
    );
  });
});

describe('key ids of other lengths', () => {
  const bytes = new TextEncoder().encode('{"kids":["MTIz","NDU2Nzg5MA"]}');

  it('are refused, and read where the caller asks for them', () => {
    expect(() => readKeyIdsInitData(bytes)).toThrow(expect.objectContaining({ code: 'invalid-value' }));
    expect(readKeyIdsInitData(bytes, { anyKeyIdLength: true })).toEqual(['313233', '34353637383930']);
  });

  it.each(['', 'A'.repeat(684)])('have 1 to 512 bytes', (kid) => {
    const initData = new TextEncoder().encode(JSON.stringify({ kids: [kid] }));

    expect(() => readKeyIdsInitData(initData, { anyKeyIdLength: true })).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'kids[0]' }),
    );
  });
});
