import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../bytes/base64.js';
import { join } from '../mp4/testing/boxes.js';
import { CBCS_VIDEO_INIT, CENC_VIDEO_INIT } from '../mp4/testing/packager-segments.js';
import { findPsshBoxes } from '../pssh/find-pssh-boxes.js';
import { SYSTEM_IDS } from '../pssh/system-ids.js';
import type { PlayReadyHeader } from './playready-header.js';
import { readPlayReadyObject, writePlayReadyObject } from './playready-object.js';

// MicrosoftDocs/PlayReady, playready-header-specification.md, section 3.6.1 (CC BY 4.0)
const EXAMPLE = fromBase64(
  [
    'XAMAAAEAAQBSAzwAVwBSAE0ASABFAEEARABFAFIAIAB4AG0AbABuAHMAPQAiAGgAdAB0AHAAOgAvAC8AcwBjAGgAZQBtAGEA',
    'cwAuAG0AaQBjAHIAbwBzAG8AZgB0AC4AYwBvAG0ALwBEAFIATQAvADIAMAAwADcALwAwADMALwBQAGwAYQB5AFIAZQBhAGQA',
    'eQBIAGUAYQBkAGUAcgAiACAAdgBlAHIAcwBpAG8AbgA9ACIANAAuADAALgAwAC4AMAAiAD4APABEAEEAVABBAD4APABQAFIA',
    'TwBUAEUAQwBUAEkATgBGAE8APgA8AEsARQBZAEwARQBOAD4AMQA2ADwALwBLAEUAWQBMAEUATgA+ADwAQQBMAEcASQBEAD4A',
    'QQBFAFMAQwBUAFIAPAAvAEEATABHAEkARAA+ADwALwBQAFIATwBUAEUAQwBUAEkATgBGAE8APgA8AEsASQBEAD4AcQA1AEgA',
    'ZwBDAFQAagA0ADAAawBHAGUATgBWAGgAVABIADkARwBlAHgAdwA9AD0APAAvAEsASQBEAD4APABDAEgARQBDAEsAUwBVAE0A',
    'PgB3ACsATwBaAFYAcgA4AHYAegByAFEAPQA8AC8AQwBIAEUAQwBLAFMAVQBNAD4APABMAEEAXwBVAFIATAA+AGgAdAB0AHAA',
    'cwA6AC8ALwBwAHIAbwBmAGYAaQBjAGkAYQBsAHMAaQB0AGUALgBrAGUAeQBkAGUAbABpAHYAZQByAHkALgBtAGUAZABpAGEA',
    'cwBlAHIAdgBpAGMAZQBzAC4AdwBpAG4AZABvAHcAcwAuAG4AZQB0AC8AUABsAGEAeQBSAGUAYQBkAHkALwA8AC8ATABBAF8A',
    'VQBSAEwAPgA8AEMAVQBTAFQATwBNAEEAVABUAFIASQBCAFUAVABFAFMAPgA8AEkASQBTAF8ARABSAE0AXwBWAEUAUgBTAEkA',
    'TwBOAD4AOAAuADAALgAxADcAMAA1AC4AMQA5ADwALwBJAEkAUwBfAEQAUgBNAF8AVgBFAFIAUwBJAE8ATgA+ADwALwBDAFUA',
    'UwBUAE8ATQBBAFQAVABSAEkAQgBVAFQARQBTAD4APAAvAEQAQQBUAEEAPgA8AC8AVwBSAE0ASABFAEEARABFAFIAPgA=',
  ].join(''),
);

const EXAMPLE_HEADER: PlayReadyHeader = {
  version: '4.0.0.0',
  keys: [
    {
      keyId: '09e091abf83841d29e3558531fd19ec7',
      algorithm: 'AESCTR',
      checksum: fromBase64('w+OZVr8vzrQ='),
    },
  ],
  licenseUrl: 'https://profficialsite.keydelivery.mediaservices.windows.net/PlayReady/',
  customAttributes: '<IIS_DRM_VERSION>8.0.1705.19</IIS_DRM_VERSION>',
};

const PACKAGER_KEY_ID = '6b65796964317e7e7e7e7e7e7e7e7e7e';

describe('a PlayReady Object', () => {
  it('is read and written as in the specification, byte for byte', () => {
    expect(readPlayReadyObject(EXAMPLE)).toEqual({ header: EXAMPLE_HEADER });
    expect(toBase64(writePlayReadyObject({ header: EXAMPLE_HEADER }))).toBe(toBase64(EXAMPLE));
  });

  it.each([
    [
      'cenc',
      CENC_VIDEO_INIT,
      0x206,
      {
        version: '4.0.0.0',
        keys: [{ keyId: PACKAGER_KEY_ID, algorithm: 'AESCTR', checksum: fromBase64('uFY/OirQj/U=') }],
      },
    ],
    [
      'cbcs',
      CBCS_VIDEO_INIT,
      0x1be,
      { version: '4.3.0.0', keys: [{ keyId: PACKAGER_KEY_ID, algorithm: 'AESCBC' }] },
    ],
  ] satisfies [string, Uint8Array, number, PlayReadyHeader][])(
    'is read and written as by Shaka Packager for %s, byte for byte',
    (_, init, length, header) => {
      const pssh = findPsshBoxes(init).find(({ systemId }) => systemId === SYSTEM_IDS.playready);

      expect(pssh?.data).toHaveLength(length);
      expect(readPlayReadyObject(pssh?.data ?? new Uint8Array())).toEqual({ header });
      expect(writePlayReadyObject({ header })).toEqual(pssh?.data);
    },
  );

  it('may hold a license store, and nothing at all', () => {
    const object = { header: EXAMPLE_HEADER, licenseStore: new Uint8Array(1024).fill(7) };

    expect(readPlayReadyObject(writePlayReadyObject(object))).toEqual(object);
    expect(readPlayReadyObject(writePlayReadyObject({}))).toEqual({});
  });

  it('may hold records of other types, and be followed by other bytes', () => {
    const reserved = objectOf(record(2, Uint8Array.of(1, 2, 3)), record(3, Uint8Array.of(4)));

    expect(readPlayReadyObject(join(reserved, Uint8Array.of(9)))).toEqual({
      licenseStore: Uint8Array.of(4),
    });
  });

  it.each([
    ['no length', Uint8Array.of(1, 0), 'truncated', 'pro.length', 0],
    ['a length below its header', Uint8Array.of(5, 0, 0, 0, 0, 0), 'malformed', 'pro.length', 0],
    ['fewer bytes than its length', EXAMPLE.subarray(0, 859), 'truncated', 'pro', 0],
    ['more records than it holds', Uint8Array.of(6, 0, 0, 0, 255, 255), 'truncated', 'pro.record.type', 6],
    [
      'a record longer than it',
      Uint8Array.of(10, 0, 0, 0, 1, 0, 1, 0, 1, 0),
      'truncated',
      'pro.record.value',
      10,
    ],
    [
      'two headers',
      objectOf(record(1, utf16('<a/>')), record(1, utf16('<a/>'))),
      'malformed',
      'pro.record.type',
      22,
    ],
    [
      'an odd number of bytes as UTF-16',
      objectOf(record(1, new Uint8Array(3))),
      'truncated',
      'WRMHEADER',
      10,
    ],
    [
      'a header that is not XML, told by the byte',
      objectOf(record(1, utf16('<WRMHEADER>&x;'))),
      'malformed',
      'WRMHEADER',
      10 + 2 * 11,
    ],
    [
      'a header with a lone surrogate for a root',
      objectOf(record(1, utf16('\ud800'))),
      'malformed',
      'WRMHEADER',
      10,
    ],
  ])('is refused with %s', (_, bytes, code, field, offset) => {
    expect(() => readPlayReadyObject(bytes)).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field, offset }),
    );
  });

  it('is not written over 15 KiB', () => {
    const room = 15 * 1024 - 6 - 4;

    expect(writePlayReadyObject({ licenseStore: new Uint8Array(room) })).toHaveLength(15 * 1024);
    expect(() => writePlayReadyObject({ licenseStore: new Uint8Array(room + 1) })).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code: 'oversized', field: 'pro' }),
    );
  });
});

function objectOf(...records: readonly Uint8Array[]): Uint8Array {
  const content = join(...records);
  return join(Uint8Array.of(6 + content.length, 0, 0, 0, records.length, 0), content);
}

function record(type: number, value: Uint8Array): Uint8Array {
  return join(Uint8Array.of(type, 0, value.length, 0), value);
}

function utf16(text: string): Uint8Array {
  return Uint8Array.from(
    [...Array(text.length).keys()].flatMap((index) => {
      const unit = text.charCodeAt(index);
      return [unit & 0xff, unit >> 8];
    }),
  );
}
