import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findPsshBoxes,
  fromBase64,
  fromBase64Url,
  fromHex,
  isProtocolError,
  keyIdFromBase64Url,
  keyIdsOfPssh,
  parseKeyId,
  readClearKeyLicense,
  readClearKeyLicenseRequest,
  readKeyIdsInitData,
  readPlayReadyHeader,
  readPlayReadyObject,
  readPsshBoxes,
  readTrackEncryption,
  readWidevinePsshData,
  SYSTEM_IDS,
  writeClearKeyLicense,
  writeClearKeyLicenseRequest,
  writeKeyIdsInitData,
  writePlayReadyHeader,
  writePlayReadyObject,
  writePsshBox,
  writeWidevinePsshData,
  type PlayReadyHeader,
  type ProtocolError,
} from './index.js';
import { join, nest } from './mp4/testing/boxes.js';
import { CBCS_AUDIO_INIT, CENC_VIDEO_INIT, ROTATED_SEGMENT_START } from './mp4/testing/packager-segments.js';

const KEY_IDS = ['2f05477fc24bb4faefd86517156daffc', 'd0376d53da1df818792f7c5bbf45dffc'];
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
const TEXT = new TextEncoder();

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

const SAFE = /^a value$|^a ProtocolError: /;

/** What a reader makes of its input, in words; anything but a value or a proper error reads otherwise. */
function outcome(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): string {
  try {
    return read(bytes) === undefined ? 'nothing' : 'a value';
  } catch (error) {
    return isProperError(error, bytes) ? `a ProtocolError: ${error.message}` : `improper: ${String(error)}`;
  }
}

/** The field comes from a fixed vocabulary, and the offset points into the input. */
function isProperError(error: unknown, { length }: Uint8Array): error is ProtocolError {
  if (!isProtocolError(error)) return false;

  const { field, offset = 0, message } = error;
  const isFieldKnown = /^[A-Za-z]\w*(?:\.\w+|\[\d+\])*$/.test(field);
  return isFieldKnown && offset >= 0 && offset <= length && message.length < 160;
}

/** Overwrites, inserts and removes a few bytes, with a liking for the values that break length fields. */
function damaged(input: Uint8Array): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat(input.length),
    removed: fc.nat(5),
    added: fc.oneof(
      fc.uint8Array({ maxLength: 5 }),
      fc.constantFrom(
        [0],
        [0xff],
        [0, 0, 0, 0],
        [0, 0, 0, 1],
        [0x7f, 0xff, 0xff, 0xff],
        [0xff, 0xff, 0xff, 0xff],
      ),
      fc.constantFrom('<', '>', '&', '"', '{', '[', '=', '\u0000').map((text) => TEXT.encode(text)),
    ),
  });
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce<Uint8Array>(
        (bytes, { at, removed, added }) =>
          join(bytes.subarray(0, at), Uint8Array.from(added), bytes.subarray(at + removed)),
        input,
      ),
    );
}

function fromText(read: (text: string) => unknown): (bytes: Uint8Array) => unknown {
  return (bytes) => read(new TextDecoder().decode(bytes));
}
