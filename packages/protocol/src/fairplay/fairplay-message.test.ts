import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../bytes/hex.js';
import { toBase64 } from '../bytes/base64.js';
import { ENVELOPES } from '../envelope/envelopes.js';
import type { EnvelopeDetails, SealedMessage, SealedMessageType } from '../sealed/sealed-message.js';
import { createParties } from '../sealed/testing/parties.js';

const { fairplay } = ENVELOPES;
const DETAILS: EnvelopeDetails = {
  keyIds: [],
  nonce: new Uint8Array(16),
  requestTime: 0,
  contentId: 'skd://ä',
};
const TEXT = new TextEncoder();

const messageOf = (type: SealedMessageType): SealedMessage => ({
  type,
  body: Uint8Array.of(1, 2, 3),
  signature: Uint8Array.of(0xfb, 0xff, 0xbf),
});
const REQUEST = messageOf('license-request');
const SPC = fairplay.writeRequest(REQUEST, DETAILS);

describe('an SPC', () => {
  it.each<SealedMessageType>([
    'license-request',
    'license-renewal',
    'license-release',
    'individualization-request',
    'service-certificate-request',
  ])('carries a %s', (type) => {
    expect(fairplay.readRequest(fairplay.writeRequest(messageOf(type), DETAILS))).toEqual(messageOf(type));
  });

  it('names the content for those who cannot open it', () => {
    expect(toHex(SPC).startsWith(`000000010000000000000008${toHex(TEXT.encode('skd://ä'))}`)).toBe(true);
  });

  it('names the server certificate that it is for', async () => {
    const { service, serviceCertificate } = await createParties();
    const spc = fairplay.writeRequest(REQUEST, { ...DETAILS, serviceCertificate: service.certificate });

    expect(toHex(spc)).toContain(`00000010${serviceCertificate.serial}`);
    expect(fairplay.readRequest(spc)).toEqual(REQUEST);
    expect(() =>
      fairplay.writeRequest(REQUEST, { ...DETAILS, serviceCertificate: new Uint8Array() }),
    ).toThrow(expect.objectContaining({ code: 'malformed', field: 'certificate.body' }));
  });

  it('needs no content id', () => {
    const spc = fairplay.writeRequest(REQUEST, { ...DETAILS, contentId: undefined });

    expect(fairplay.readRequest(spc)).toEqual(REQUEST);
  });

  it.each([
    ['a form, as Shaka writes it', `spc=${toBase64(SPC)}`],
    ['a form among other fields', `assetId=a%20b&spc=${encodeURIComponent(toBase64(SPC))}&x=y`],
    ['JSON', JSON.stringify({ spc: toBase64(SPC) })],
    ['base64', toBase64(SPC)],
  ])('is read from %s', (_, text) => {
    expect(fairplay.readRequest(TEXT.encode(text))).toEqual(REQUEST);
  });

  it.each([
    ['nothing', '', 'truncated', 'spc'],
    ['another version', '000000020000000000000000', 'unsupported', 'spc.version'],
    ['an endless content id', '0000000100000000ffffffff', 'truncated', 'spc.contentId'],
    ['an endless serial', '000000010000000000000000ffffffff', 'truncated', 'spc.certificate'],
    ['an endless message', '00000001000000000000000000000000ffffffff', 'truncated', 'spc.message'],
    ['an empty message', '0000000100000000000000000000000000000000', 'malformed', 'spc.type'],
    ['more than it says', '000000010000000000000000000000000000000000', 'malformed', 'spc'],
  ])('is not %s', (_, hex, code, field) => {
    expect(() => fairplay.readRequest(fromHex(hex))).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field }),
    );
  });

  it('gives positions in raw bytes alone', () => {
    const cut = SPC.subarray(0, 20);

    expect(() => fairplay.readRequest(cut)).toThrow(expect.objectContaining({ offset: 20 }));
    expect(() => fairplay.readRequest(TEXT.encode(toBase64(cut)))).toThrow(
      expect.objectContaining({ code: 'truncated', offset: undefined }),
    );
  });
});

describe('a CKC', () => {
  it.each<SealedMessageType>([
    'license',
    'release-acknowledgement',
    'device-certificate',
    'service-certificate',
  ])('carries a %s', (type) => {
    expect(fairplay.readResponse(fairplay.writeResponse(messageOf(type)))).toEqual(messageOf(type));
  });

  it('is taken raw alone, as devices do', () => {
    const ckc = fairplay.writeResponse(messageOf('license'));

    expect(() => fairplay.readResponse(TEXT.encode(toBase64(ckc)))).toThrow(
      expect.objectContaining({ code: 'unsupported', field: 'ckc.version' }),
    );
  });

  it('is not an SPC, nor the other way about', () => {
    expect(() => fairplay.readResponse(SPC)).toThrow(expect.objectContaining({ name: 'ProtocolError' }));
    expect(() => fairplay.writeResponse(REQUEST)).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'message.type' }),
    );
    expect(() => fairplay.writeRequest(messageOf('license'), DETAILS)).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'message.type' }),
    );
  });

  it('is bounded', () => {
    expect(() => fairplay.readResponse(new Uint8Array(512 * 1024 + 1))).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'ckc' }),
    );
    expect(() => fairplay.readRequest(new Uint8Array(512 * 1024 + 1))).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'spc' }),
    );
  });
});
