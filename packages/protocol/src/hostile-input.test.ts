import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ENVELOPES,
  findPsshBoxes,
  fromBase64,
  fromBase64Url,
  fromHex,
  keyIdFromBase64Url,
  keyIdsOfPssh,
  parseKeyId,
  readClearKeyLicense,
  readClearKeyLicenseWithPolicy,
  readClearKeyLicenseRequest,
  readEmbeddedKeys,
  readKeyIdsInitData,
  readPlayReadyHeader,
  readPlayReadyObject,
  readPsshBoxes,
  readTrackEncryption,
  readWidevinePsshData,
  SYSTEM_IDS,
  toBase64,
  unwrapCkc,
  writeClearKeyLicense,
  writeClearKeyLicenseRequest,
  writeEmbeddedKeys,
  writeKeyIdsInitData,
  writePlayReadyHeader,
  writePlayReadyObject,
  writePsshBox,
  writeWidevinePsshData,
  type PlayReadyHeader,
  type SealedMessage,
} from './index.js';
import { join, nest } from './mp4/testing/boxes.js';
import { CBCS_AUDIO_INIT, CENC_VIDEO_INIT, ROTATED_SEGMENT_START } from './mp4/testing/packager-segments.js';
import { damaged, outcome, SAFE } from './testing/hostile-input.js';

const KEY_IDS = ['2f05477fc24bb4faefd86517156daffc', 'd0376d53da1df818792f7c5bbf45dffc'] as const;
const KEY = fromHex('b50d1b25559be9bd0a3cbe8ab59232fc');

const HEADER: PlayReadyHeader = {
  version: '4.3.0.0',
  keys: KEY_IDS.map((keyId) => ({ keyId, algorithm: 'AESCTR', checksum: new Uint8Array(8) })),
  licenseUrl: 'https://license.example/?a=1&b=2',
  customAttributes: '<a:b xmlns:a="urn:a">c</a:b>',
  onDemand: true,
  licenseRequested: true,
};
const PRO = writePlayReadyObject({ header: HEADER, licenseStore: new Uint8Array(4) });
const WIDEVINE = writeWidevinePsshData({
  keyIds: KEY_IDS,
  provider: 'provider',
  contentId: KEY,
  cryptoPeriodIndex: 300,
  protectionScheme: 'cbcs',
});
const PSSH = join(
  writePsshBox({ systemId: SYSTEM_IDS.common, keyIds: KEY_IDS }),
  writePsshBox({ systemId: SYSTEM_IDS.widevine, data: WIDEVINE }),
  writePsshBox({ systemId: SYSTEM_IDS.playready, data: PRO }),
);
const EMBEDDED = await writeEmbeddedKeys({
  rootKeyId: KEY_IDS[0],
  rootKey: KEY,
  keys: [{ keyId: KEY_IDS[1], key: KEY }],
});
const TEXT = new TextEncoder();

const { widevine, playready, fairplay } = ENVELOPES;
const DETAILS = { keyIds: KEY_IDS, nonce: KEY, requestTime: 0, contentId: 'film' };
const REQUEST: SealedMessage = { type: 'license-renewal', body: KEY, signature: KEY };
const LICENSE: SealedMessage = { ...REQUEST, type: 'release-acknowledgement' };
const SPC = fairplay.writeRequest(REQUEST, DETAILS);
const CKC = fairplay.writeResponse(LICENSE);

/** Every reader of bytes, and input that it takes. */
const READERS: readonly [string, (bytes: Uint8Array) => unknown, readonly Uint8Array[]][] = [
  ['readPsshBoxes', readPsshBoxes, [PSSH]],
  ['keyIdsOfPssh', (bytes) => readPsshBoxes(bytes).map(keyIdsOfPssh), [PSSH]],
  ['findPsshBoxes', findPsshBoxes, [CENC_VIDEO_INIT, ROTATED_SEGMENT_START, nest('moov', 8)]],
  ['readTrackEncryption', readTrackEncryption, [CENC_VIDEO_INIT, CBCS_AUDIO_INIT]],
  ['readWidevinePsshData', readWidevinePsshData, [WIDEVINE]],
  ['readPlayReadyObject', readPlayReadyObject, [PRO]],
  ['readPlayReadyHeader', fromText(readPlayReadyHeader), [TEXT.encode(writePlayReadyHeader(HEADER))]],
  [
    'readClearKeyLicenseRequest',
    readClearKeyLicenseRequest,
    [writeClearKeyLicenseRequest({ kids: KEY_IDS, type: 'temporary' })],
  ],
  [
    'readClearKeyLicense',
    readClearKeyLicense,
    [writeClearKeyLicense({ keys: KEY_IDS.map((keyId) => ({ keyId, key: KEY })), type: 'temporary' })],
  ],
  [
    'readClearKeyLicenseWithPolicy',
    readClearKeyLicenseWithPolicy,
    [
      writeClearKeyLicense({
        keys: [{ keyId: KEY_IDS[0], key: KEY, policy: { minHdcp: '2.2' } }],
        policy: { notAfter: 1, renewal: { delaySeconds: 1 }, canPersist: true },
      }),
    ],
  ],
  ['readEmbeddedKeys', (bytes) => readPsshBoxes(bytes).map(readEmbeddedKeys), [EMBEDDED]],
  ['widevine.readRequest', widevine.readRequest, [widevine.writeRequest(REQUEST, DETAILS)]],
  ['widevine.readResponse', widevine.readResponse, [widevine.writeResponse(LICENSE)]],
  [
    'playready.readRequest',
    playready.readRequest,
    [playready.writeRequest(REQUEST, DETAILS), playready.writeRequest(REQUEST, { ...DETAILS, bare: true })],
  ],
  ['playready.readResponse', playready.readResponse, [playready.writeResponse(LICENSE)]],
  [
    'fairplay.readRequest',
    fairplay.readRequest,
    [SPC, TEXT.encode(`spc=${toBase64(SPC)}`), TEXT.encode(JSON.stringify({ spc: toBase64(SPC) }))],
  ],
  ['fairplay.readResponse', fairplay.readResponse, [CKC]],
  ['unwrapCkc', unwrapCkc, [CKC, TEXT.encode(`<ckc>${toBase64(CKC)}</ckc>`)]],
  ['readKeyIdsInitData', readKeyIdsInitData, [writeKeyIdsInitData(KEY_IDS)]],
  ['fromHex', fromText(fromHex), [TEXT.encode('00ff')]],
  ['fromBase64', fromText(fromBase64), [TEXT.encode('Zm9vYg==')]],
  ['fromBase64Url', fromText(fromBase64Url), [TEXT.encode('Zm9vYg')]],
  ['parseKeyId', fromText(parseKeyId), [TEXT.encode('{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}')]],
  ['keyIdFromBase64Url', fromText(keyIdFromBase64Url), [TEXT.encode('LwVHf8JLtPrv2GUXFW2v_A')]],
];

describe.each(READERS)('%s', (_, read, inputs) => {
  it.each(inputs)('takes its own input', (input) => {
    expect(outcome(read, input)).toBe('a value');
  });

  it('gives a value or a ProtocolError for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(outcome(read, bytes)).toMatch(SAFE);
      }),
    );
  });

  it('gives a value or a ProtocolError wherever its input is cut', () => {
    const outcomes = inputs.flatMap((input) =>
      Array.from(input, (__, length) => outcome(read, input.subarray(0, length))),
    );

    expect(outcomes.filter((text) => !SAFE.test(text))).toEqual([]);
  });

  it('gives a value or a ProtocolError however its input is damaged', () => {
    fc.assert(
      fc.property(fc.constantFrom(...inputs).chain(damaged), (bytes) => {
        expect(outcome(read, bytes)).toMatch(SAFE);
      }),
      { numRuns: 500 },
    );
  });

  it('never quotes its input in an error', () => {
    const secret = 'b50d1b25559be9bd';
    const quotes = [
      `{"keys":[{"kty":"oct","kid":"${secret}","k":"${secret}"}]}`,
      `{"kids":["${secret}"],"type":"${secret}"}`,
      `{"keys":[{"kty":"${secret}"}]} ${secret}`,
      `<WRMHEADER version="${secret}"></WRMHEADER>`,
      `<${secret}></${secret}>`,
      `<a>&${secret};</a>`,
      `<WRMHEADER version="4.2.0.0"><DATA><DS_ID>${secret}</DS_ID></DATA></WRMHEADER>`,
      `{${secret}}`,
      `${secret}!`,
    ].map((text) => outcome(read, TEXT.encode(text)));

    expect(quotes.filter((text) => text.includes(secret.slice(0, 6)))).toEqual([]);
  });
});

describe('the readers of XML', () => {
  const XML_READERS = READERS.filter(([name]) => /playready/i.test(name) && name !== 'readPlayReadyObject');
  const PLACES = [
    (run: string) => `<a${run}`,
    (run: string) => `<a b${run}`,
    (run: string) => `<a b=${run}`,
    (run: string) => `<a b="1"${run}`,
    (run: string) => `<a></a${run}`,
    (run: string) => `<a>${run}`,
    (run: string) => `<?xml${run}`,
    (run: string) => `<a${` b${run}="1"`.repeat(20)}`,
  ];

  it.each([
    ['U+00A0', '\u00a0'],
    ['U+2028', '\u2028'],
    ['U+3000', '\u3000'],
    ['U+FEFF', '\ufeff'],
    ['a space', ' '],
    ['a line break', '\n'],
  ])('take linear time on long runs of %s', (_, character) => {
    const inputs = PLACES.map((place) => TEXT.encode(place(character.repeat(20_000))));

    const start = performance.now();
    const outcomes = XML_READERS.flatMap(([, read]) => inputs.map((bytes) => outcome(read, bytes)));

    expect(performance.now() - start).toBeLessThan(4000);
    expect(outcomes).toHaveLength(3 * PLACES.length);
    expect(outcomes.filter((text) => !text.startsWith('a ProtocolError'))).toEqual([]);
  });
});

function fromText(read: (text: string) => unknown): (bytes: Uint8Array) => unknown {
  return (bytes) => read(new TextDecoder().decode(bytes));
}
