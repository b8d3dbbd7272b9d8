import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64 } from '../bytes/base64.js';
import { keyIdFromBytes, parseKeyId } from '../key-id/key-id.js';
import type { PlayReadyAlgorithm, PlayReadyHeader, PlayReadyHeaderVersion } from './playready-header.js';
import { readPlayReadyHeader } from './read-playready-header.js';
import { writePlayReadyHeader } from './write-playready-header.js';

// The headers are those of MicrosoftDocs/PlayReady, playready-header-specification.md and
// how-to-generate-playready-header.md (CC BY 4.0), without the white space between their elements.
const NAMESPACE = 'http://schemas.microsoft.com/DRM/2007/03/PlayReadyHeader';
const wrm = (version: string, data: string): string =>
  `<WRMHEADER xmlns="${NAMESPACE}" version="${version}"><DATA>${data}</DATA></WRMHEADER>`;

const FIRST = parseKeyId('a2c786d0-f9ef-4cb3-b333-cd323a4284a5');
const SECOND = parseKeyId('db06a8fe-ec16-4de2-9228-2c71e9b856ab');
const EXAMPLES: readonly [string, string, PlayReadyHeader][] = [
  [
    '4.0 with its one key',
    wrm(
      '4.0.0.0',
      '<PROTECTINFO><KEYLEN>16</KEYLEN><ALGID>AESCTR</ALGID></PROTECTINFO>' +
        '<KID>q5HgCTj40kGeNVhTH9Gexw==</KID><CHECKSUM>w+OZVr8vzrQ=</CHECKSUM>' +
        '<LA_URL>http://rm.contoso.com/rightsmanager.asmx</LA_URL>' +
        '<CUSTOMATTRIBUTES><IIS_DRM_VERSION>8.0.1705.19</IIS_DRM_VERSION></CUSTOMATTRIBUTES>',
    ),
    {
      version: '4.0.0.0',
      keys: [
        {
          keyId: parseKeyId('09e091ab-f838-41d2-9e35-58531fd19ec7'),
          algorithm: 'AESCTR',
          checksum: fromBase64('w+OZVr8vzrQ='),
        },
      ],
      licenseUrl: 'http://rm.contoso.com/rightsmanager.asmx',
      customAttributes: '<IIS_DRM_VERSION>8.0.1705.19</IIS_DRM_VERSION>',
    },
  ],
  [
    '4.1 with its key in an attribute',
    wrm(
      '4.1.0.0',
      '<PROTECTINFO><KID ALGID="AESCTR" CHECKSUM="xNvWVxoWk04=" VALUE="0IbHou/5s0yzM80yOkKEpQ=="></KID></PROTECTINFO>' +
        '<DECRYPTORSETUP>ONDEMAND</DECRYPTORSETUP>',
    ),
    {
      version: '4.1.0.0',
      keys: [{ keyId: FIRST, algorithm: 'AESCTR', checksum: fromBase64('xNvWVxoWk04=') }],
      onDemand: true,
    },
  ],
  [
    '4.2 with two keys',
    wrm(
      '4.2.0.0',
      '<PROTECTINFO><KIDS>' +
        '<KID ALGID="AESCTR" CHECKSUM="xNvWVxoWk04=" VALUE="0IbHou/5s0yzM80yOkKEpQ=="></KID>' +
        '<KID ALGID="AESCTR" CHECKSUM="GnKaQIRacPU=" VALUE="/qgG2xbs4k2SKCxx6bhWqw=="></KID>' +
        '</KIDS></PROTECTINFO><LA_URL>http://rm.contoso.com/rightsmanager.asmx</LA_URL>' +
        '<DS_ID>AH+03juKbUGbHl1V/QIwRA==</DS_ID>',
    ),
    {
      version: '4.2.0.0',
      keys: [
        { keyId: FIRST, algorithm: 'AESCTR', checksum: fromBase64('xNvWVxoWk04=') },
        { keyId: SECOND, algorithm: 'AESCTR', checksum: fromBase64('GnKaQIRacPU=') },
      ],
      licenseUrl: 'http://rm.contoso.com/rightsmanager.asmx',
      domainServiceId: 'deb47f00-8a3b-416d-9b1e-5d55fd023044',
    },
  ],
  [
    '4.2 for live, without keys',
    wrm('4.2.0.0', '<DECRYPTORSETUP>ONDEMAND</DECRYPTORSETUP>'),
    { version: '4.2.0.0', keys: [], onDemand: true },
  ],
  [
    '4.3 with AESCBC keys',
    wrm(
      '4.3.0.0',
      '<PROTECTINFO><KIDS><KID ALGID="AESCBC" VALUE="PV1LM/VEVk+kEOB8qqcWDg=="></KID>' +
        '<KID ALGID="AESCBC" VALUE="tuhDoKUN7EyxDPtMRNmhyA=="></KID></KIDS></PROTECTINFO>',
    ),
    {
      version: '4.3.0.0',
      keys: [
        { keyId: '334b5d3d44f54f56a410e07caaa7160e', algorithm: 'AESCBC' },
        { keyId: 'a043e8b60da54cecb10cfb4c44d9a1c8', algorithm: 'AESCBC' },
      ],
    },
  ],
  [
    '4.3 without an algorithm, and no license requested',
    wrm(
      '4.3.0.0',
      '<PROTECTINFO LICENSEREQUESTED="false"><KIDS><KID VALUE="PV1LM/VEVk+kEOB8qqcWDg=="></KID></KIDS></PROTECTINFO>',
    ),
    {
      version: '4.3.0.0',
      keys: [{ keyId: '334b5d3d44f54f56a410e07caaa7160e' }],
      licenseRequested: false,
    },
  ],
];

describe('a PlayReady header', () => {
  it.each(EXAMPLES)('is read: %s', (_, xml, header) => {
    expect(readPlayReadyHeader(xml)).toEqual(header);
  });

  it.each(EXAMPLES)('is written: %s', (_, xml, header) => {
    expect(writePlayReadyHeader(header)).toBe(xml);
  });

  it('gives back what was written', () => {
    const bytes = (length: number) =>
      fc.uint8Array({ minLength: length, maxLength: length }).map((run) => Uint8Array.from(run));
    const text = fc
      .string({ minLength: 1 })
      .map((value) => value.trim())
      .filter((value) => value !== '');
    const keys = fc.array(
      fc.record({
        keyId: bytes(16).map((id) => keyIdFromBytes(id)),
        algorithm: fc.constant<PlayReadyAlgorithm>('AESCTR'),
        checksum: fc.option(bytes(8), { nil: undefined }),
      }),
    );
    const headers: fc.Arbitrary<PlayReadyHeader> = fc.record(
      {
        version: fc.constantFrom<PlayReadyHeaderVersion>('4.2.0.0', '4.3.0.0'),
        keys,
        licenseUrl: text,
        licensePageUrl: text,
        domainServiceId: fc.uuid(),
        onDemand: fc.constant(true),
      },
      { requiredKeys: ['version', 'keys'] },
    );
    fc.assert(
      fc.property(headers, (header) => {
        expect(readPlayReadyHeader(writePlayReadyHeader(header))).toEqual(header);
      }),
    );
  });
});

describe('readPlayReadyHeader', () => {
  it('takes elements and attributes in any order, white space, and elements it does not know', () => {
    const xml = `
      <WRMHEADER version="4.2.0.0" xmlns="${NAMESPACE}">
        <DATA>
          <LA_URL>
            https://license.example/?a=1&amp;b=2
          </LA_URL>
          <FUTURE><KID VALUE="no"/></FUTURE>
          <PROTECTINFO><KIDS><KID VALUE=" 0IbHou/5s0yzM80yOkKEpQ== " ALGID='AESCTR'/></KIDS></PROTECTINFO>
        </DATA>
      </WRMHEADER>`;

    expect(readPlayReadyHeader(xml)).toEqual({
      version: '4.2.0.0',
      keys: [{ keyId: FIRST, algorithm: 'AESCTR' }],
      licenseUrl: 'https://license.example/?a=1&b=2',
    });
  });

  it('reads a header without data', () => {
    expect(readPlayReadyHeader(`<WRMHEADER version="4.1.0.0"></WRMHEADER>`)).toEqual({
      version: '4.1.0.0',
      keys: [],
    });
  });

  it('takes LICENSEREQUESTED and DECRYPTORSETUP for absent when they have another value', () => {
    const xml = wrm(
      '4.3.0.0',
      '<PROTECTINFO LICENSEREQUESTED="maybe"></PROTECTINFO><DECRYPTORSETUP>LATER</DECRYPTORSETUP>',
    );

    expect(readPlayReadyHeader(xml)).toEqual({ version: '4.3.0.0', keys: [] });
    expect(readPlayReadyHeader(xml.replace('maybe', 'true'))).toMatchObject({ licenseRequested: true });
  });

  const kid = (attributes: string): string =>
    wrm('4.2.0.0', `<PROTECTINFO><KIDS><KID ${attributes}></KID></KIDS></PROTECTINFO>`);

  it.each([
    ['another root', '<HEADER version="4.0.0.0"></HEADER>', 'malformed', 'WRMHEADER'],
    ['a later version', wrm('5.0.0.0', ''), 'unsupported', 'WRMHEADER.version'],
    ['a version named like a method', wrm('constructor', ''), 'unsupported', 'WRMHEADER.version'],
    ['no version', '<WRMHEADER></WRMHEADER>', 'unsupported', 'WRMHEADER.version'],
    ['4.0 without a key', wrm('4.0.0.0', ''), 'malformed', 'KID'],
    ['4.0 with a key id that is no GUID', wrm('4.0.0.0', '<KID>AAAA</KID>'), 'invalid-value', 'KID'],
    ['a key without its id', kid('ALGID="AESCTR"'), 'malformed', 'KID.VALUE'],
    ['a key id that is not base64', kid('VALUE="*"'), 'truncated', 'KID.VALUE'],
    ['an unknown algorithm', kid('ALGID="ROT13" VALUE="0IbHou/5s0yzM80yOkKEpQ=="'), 'unsupported', 'ALGID'],
    [
      'a checksum that is not base64',
      kid('CHECKSUM="****" VALUE="0IbHou/5s0yzM80yOkKEpQ=="'),
      'malformed',
      'CHECKSUM',
    ],
    [
      'DATA twice',
      '<WRMHEADER version="4.1.0.0"><DATA></DATA><DATA></DATA></WRMHEADER>',
      'malformed',
      'DATA',
    ],
    ['a domain service that is no GUID', wrm('4.1.0.0', '<DS_ID></DS_ID>'), 'invalid-value', 'DS_ID'],
    ['what is not XML', 'WRMHEADER', 'malformed', 'WRMHEADER'],
  ])('refuses %s', (_, xml, code, field) => {
    expect(() => readPlayReadyHeader(xml)).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field, offset: expect.any(Number) }),
    );
  });
});

describe('writePlayReadyHeader', () => {
  const ctr = { keyId: FIRST, algorithm: 'AESCTR' } as const;
  const checksum = new Uint8Array(8);

  it('writes a cocktail key with its own length', () => {
    const header: PlayReadyHeader = {
      version: '4.0.0.0',
      keys: [{ keyId: FIRST, algorithm: 'COCKTAIL', checksum: new Uint8Array(7) }],
    };

    expect(writePlayReadyHeader(header)).toContain('<KEYLEN>7</KEYLEN><ALGID>COCKTAIL</ALGID>');
    expect(readPlayReadyHeader(writePlayReadyHeader(header))).toEqual(header);
  });

  it.each([
    ['4.0 without a key', { version: '4.0.0.0', keys: [] }, 'KID'],
    ['4.0 with two keys', { version: '4.0.0.0', keys: [ctr, ctr] }, 'KID'],
    ['4.1 with two keys', { version: '4.1.0.0', keys: [ctr, ctr] }, 'KID'],
    ['4.2 with AESCBC', { version: '4.2.0.0', keys: [{ keyId: FIRST, algorithm: 'AESCBC' }] }, 'ALGID'],
    ['4.2 without an algorithm', { version: '4.2.0.0', keys: [{ keyId: FIRST }] }, 'ALGID'],
    ['two algorithms', { version: '4.3.0.0', keys: [ctr, { keyId: SECOND, algorithm: 'AESCBC' }] }, 'ALGID'],
    ['an algorithm on one key only', { version: '4.3.0.0', keys: [ctr, { keyId: SECOND }] }, 'ALGID'],
    [
      'a checksum for AESCBC',
      { version: '4.3.0.0', keys: [{ keyId: FIRST, algorithm: 'AESCBC', checksum }] },
      'CHECKSUM',
    ],
    [
      'a checksum of 7 bytes for AESCTR',
      { version: '4.3.0.0', keys: [{ ...ctr, checksum: new Uint8Array(7) }] },
      'CHECKSUM',
    ],
    ['a key id in another spelling', { version: '4.2.0.0', keys: [{ ...ctr, keyId: 'no' }] }, 'KID'],
    ['ONDEMAND in 4.0', { version: '4.0.0.0', keys: [ctr], onDemand: true }, 'DECRYPTORSETUP'],
    ['LICENSEREQUESTED in 4.2', { version: '4.2.0.0', keys: [], licenseRequested: true }, 'LICENSEREQUESTED'],
    ['an empty license URL', { version: '4.2.0.0', keys: [], licenseUrl: '' }, 'LA_URL'],
    ['an empty license page', { version: '4.2.0.0', keys: [], licensePageUrl: '' }, 'LUI_URL'],
    ['empty custom attributes', { version: '4.2.0.0', keys: [], customAttributes: '' }, 'CUSTOMATTRIBUTES'],
    ['a domain service that is no GUID', { version: '4.2.0.0', keys: [], domainServiceId: '1' }, 'DS_ID'],
  ] satisfies [string, PlayReadyHeader, string][])('refuses %s', (_, header, field) => {
    expect(() => writePlayReadyHeader(header)).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code: 'invalid-value', field }),
    );
  });

  it.each(['<a>', 'a & b', '</CUSTOMATTRIBUTES><LA_URL>x</LA_URL><CUSTOMATTRIBUTES>', '<!DOCTYPE a>'])(
    'refuses custom attributes that are not whole: %s',
    (customAttributes) => {
      expect(() => writePlayReadyHeader({ version: '4.2.0.0', keys: [], customAttributes })).toThrow(
        expect.objectContaining({ name: 'ProtocolError', field: 'CUSTOMATTRIBUTES' }),
      );
    },
  );
});
