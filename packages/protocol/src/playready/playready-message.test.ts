import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../bytes/base64.js';
import { ENVELOPES } from '../envelope/envelopes.js';
import type { EnvelopeDetails, SealedMessage, SealedMessageType } from '../sealed/sealed-message.js';
import { readPlayReadyHeader } from './read-playready-header.js';
import { writePlayReadyFault } from './playready-fault.js';
import { toUtf16 } from './utf16.js';
import { readXmlElement, type XmlElement } from './xml-element.js';

const { playready } = ENVELOPES;
const KEY_IDS = ['2f05477fc24bb4faefd86517156daffc', 'd0376d53da1df818792f7c5bbf45dffc'];
const DETAILS: EnvelopeDetails = {
  keyIds: KEY_IDS,
  nonce: Uint8Array.from({ length: 16 }, (_, index) => index),
  requestTime: 1_793_880_000_999,
};
const BARE = { ...DETAILS, bare: true };
const TEXT = new TextEncoder();

const messageOf = (type: SealedMessageType, bodyLength = 3): SealedMessage => ({
  type,
  body: new Uint8Array(bodyLength).fill(0xab),
  signature: Uint8Array.of(0xff, 0xee),
});
const REQUEST = messageOf('license-request');

describe("PlayReady's request", () => {
  it.each<SealedMessageType>([
    'license-request',
    'license-renewal',
    'license-release',
    'individualization-request',
    'service-certificate-request',
  ])('carries a %s, wrapped and bare', (type) => {
    const message = messageOf(type);

    expect(playready.readRequest(playready.writeRequest(message, DETAILS))).toEqual(message);
    expect(playready.readRequest(playready.writeRequest(message, BARE))).toEqual(message);
  });

  it('is unwrapped by players to headers and a body that the server reads', () => {
    const { headers, body } = unwrapAsShakaDoes(playready.writeRequest(REQUEST, DETAILS));

    expect(headers).toEqual({
      'Content-Type': 'text/xml; charset=utf-8',
      SOAPAction: '"http://schemas.microsoft.com/DRM/2007/03/protocols/AcquireLicense"',
    });
    expect(playready.readRequest(body)).toEqual(REQUEST);
  });

  it('is ASCII inside, which players that read base64 as Latin-1 do not break', () => {
    const { body } = unwrapAsShakaDoes(playready.writeRequest(REQUEST, { ...DETAILS, contentId: 'Ä' }));

    expect(body.every((byte) => byte < 0x80)).toBe(true);
  });

  it.each([0, 1, 2, 3, 4, 5])('passes for unwrapped when it is bare (%i bytes)', (length) => {
    const message = messageOf('license-request', length);
    const bytes = playready.writeRequest(message, BARE);
    // As hls.js looks at it, which throws for an odd number of bytes.
    const units = String.fromCharCode(...new Uint16Array(bytes.buffer));

    expect(units).not.toContain('PlayReadyKeyMessage');
    expect(unwrapAsShakaDoes(bytes).body).toEqual(bytes);
    expect(playready.readRequest(bytes)).toEqual(message);
  });

  it('repeats outside what proxies look for', () => {
    const root = readXmlElement(soapOf(REQUEST), 'soap');
    const [signedData] = byTagName(root, 'LA');
    const [header] = byTagName(root, 'ContentHeader');

    expect(signedData?.attributes.get('Id')).toBe('SignedData');
    expect(signedData?.children.map(({ name }) => name)).toEqual([
      'Version',
      'ContentHeader',
      'LicenseNonce',
      'ClientTime',
      'MessageType',
      'EncryptedData',
    ]);
    expect(readPlayReadyHeader(header?.innerXml ?? '').keys.map(({ keyId }) => keyId)).toEqual(KEY_IDS);
    expect(textOf(root, 'LicenseNonce')).toBe(toBase64(DETAILS.nonce));
    expect(textOf(root, 'ClientTime')).toBe('1793880000');
    expect(textOf(root, 'CipherValue')).toBe(toBase64(REQUEST.body));
    expect(textOf(root, 'SignatureValue')).toBe(toBase64(REQUEST.signature));
  });

  it.each<[string, (soap: string) => Uint8Array]>([
    ['UTF-8', (soap) => TEXT.encode(soap)],
    ['UTF-8 with a byte order mark', (soap) => TEXT.encode(`\ufeff${soap}`)],
    ['UTF-16', toUtf16],
    ['UTF-16 with a byte order mark', (soap) => toUtf16(`\ufeff${soap}`)],
    ['big-endian UTF-16', (soap) => swapped(toUtf16(soap))],
    ['big-endian UTF-16 with a byte order mark', (soap) => swapped(toUtf16(`\ufeff${soap}`))],
    ['UTF-8 without an XML declaration', (soap) => TEXT.encode(soap.replace(/^<\?.*?\?>/, ''))],
    [
      'other namespace prefixes',
      (soap) =>
        TEXT.encode(
          soap
            .replaceAll('soap:', 's:')
            .replaceAll(/<(\/?)(AcquireLicense|LA|Signature)\b/g, '<$1p:$2')
            .replaceAll(/<(\/?)CipherValue/g, '<$1enc:CipherValue'),
        ),
    ],
    [
      'broken lines',
      (soap) => TEXT.encode(soap.replaceAll('><', '>\r\n  <').replaceAll('<CipherValue>', '$&\n ')),
    ],
  ])('is read in %s', (_, encode) => {
    expect(playready.readRequest(encode(soapOf(REQUEST)))).toEqual(REQUEST);
  });

  const soap = soapOf(REQUEST);
  const wrapped = (challenge: string): string =>
    `<PlayReadyKeyMessage><LicenseAcquisition>${challenge}</LicenseAcquisition></PlayReadyKeyMessage>`;

  it.each([
    ['nothing', '', 'truncated', 'PlayReadyKeyMessage'],
    ['another document', '<html></html>', 'malformed', 'Envelope'],
    ['a document type', `<!DOCTYPE a>${soap}`, 'unsupported', 'PlayReadyKeyMessage'],
    ['an empty envelope', '<Envelope></Envelope>', 'malformed', 'Body.AcquireLicense.challenge.Challenge'],
    ['no challenge', wrapped(''), 'malformed', 'LicenseAcquisition.Challenge'],
    ['a challenge in clear', wrapped('<Challenge>a</Challenge>'), 'unsupported', 'Challenge.encoding'],
    [
      'a challenge that is not base64',
      wrapped('<Challenge encoding="base64encoded">a</Challenge>'),
      'truncated',
      'Challenge',
    ],
    [
      'a challenge in a challenge',
      wrapped(`<Challenge encoding="base64encoded">${btoa(wrapped(''))}</Challenge>`),
      'malformed',
      'Envelope',
    ],
    ['no type', soap.replace(/<MessageType.*<\/MessageType>/, ''), 'malformed', 'MessageType'],
    ['another type', soap.replace('>license-request<', '>toString<'), 'invalid-value', 'MessageType'],
    [
      'the type of a response',
      soap.replace('>license-request<', '>license<'),
      'invalid-value',
      'message.type',
    ],
    [
      'no signature',
      soap.replace(/<SignatureValue>.*<\/SignatureValue>/, ''),
      'malformed',
      'Signature.SignatureValue',
    ],
  ])('is refused with %s', (_, text, code, field) => {
    expect(() => playready.readRequest(TEXT.encode(text))).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field, offset: undefined }),
    );
  });

  it('is refused when it is neither UTF-8 nor UTF-16', () => {
    expect(() => playready.readRequest(Uint8Array.of(0x3c, 0xff))).toThrow(
      expect.objectContaining({ code: 'malformed', field: 'PlayReadyKeyMessage' }),
    );
  });

  it('is bounded, and holds the largest body', () => {
    const largest = messageOf('license-request', 64 * 1024);

    expect(playready.readRequest(playready.writeRequest(largest, DETAILS))).toEqual(largest);
    expect(() => playready.readRequest(new Uint8Array(512 * 1024 + 1))).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'playready' }),
    );
  });

  it('does not carry what a server answers', () => {
    expect(() => playready.writeRequest(messageOf('license'), DETAILS)).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'message.type' }),
    );
  });
});

describe("PlayReady's response", () => {
  it.each<SealedMessageType>([
    'license',
    'release-acknowledgement',
    'device-certificate',
    'service-certificate',
  ])('carries a %s', (type) => {
    expect(playready.readResponse(playready.writeResponse(messageOf(type)))).toEqual(messageOf(type));
  });

  it('is SOAP in the shape that proxies know', () => {
    const text = new TextDecoder().decode(playready.writeResponse(messageOf('license')));
    const root = readXmlElement(text.replace(/^<\?.*?\?>/, ''), 'soap');
    const path = [];
    for (
      let element: XmlElement | undefined = root;
      element !== undefined;
      element = element.children.at(-1)
    ) {
      path.push(element.name);
    }

    expect(path.join('/')).toBe(
      'soap:Envelope/soap:Body/AcquireLicenseResponse/AcquireLicenseResult/Response/LicenseResponse/Licenses/License',
    );
  });

  it('is no license when it is a fault', () => {
    const fault = writePlayReadyFault({ code: 'not-entitled', message: 'Not <yours> & \u0000never\ud800.' });

    expect(new TextDecoder().decode(fault)).toContain(
      '<faultstring>Not &lt;yours&gt; &amp;  never .</faultstring>',
    );
    expect(new TextDecoder().decode(fault)).toContain('<StatusCode>not-entitled</StatusCode>');
    expect(() => playready.readResponse(fault)).toThrow(
      expect.objectContaining({ code: 'unsupported', field: 'Fault' }),
    );
  });

  it('is not a request', () => {
    expect(() => playready.readResponse(playready.writeRequest(REQUEST, BARE))).toThrow(
      expect.objectContaining({ code: 'malformed' }),
    );
    expect(() => playready.writeResponse(REQUEST)).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'message.type' }),
    );
  });
});

/** The SOAP of a request, without its XML declaration. */
function soapOf(message: SealedMessage): string {
  return new TextDecoder().decode(playready.writeRequest(message, BARE)).replace(/^<\?.*?\?>/, '');
}

/** Shaka's `unpackPlayReadyRequest_`, step by step. */
function unwrapAsShakaDoes(bytes: Uint8Array<ArrayBuffer>): {
  headers: Record<string, string>;
  body: Uint8Array;
} {
  const xml = new TextDecoder('utf-16le').decode(bytes);
  if (!xml.includes('PlayReadyKeyMessage')) {
    return { headers: { 'Content-Type': 'text/xml; charset=utf-8' }, body: bytes };
  }
  const root = readXmlElement(xml, 'xml');
  expect(root.name).toBe('PlayReadyKeyMessage');
  const headers = byTagName(root, 'HttpHeader').map((header) => [
    textOf(header, 'name'),
    textOf(header, 'value'),
  ]);
  const [challenge] = byTagName(root, 'Challenge');
  expect(challenge?.attributes.get('encoding')).toBe('base64encoded');
  return { headers: Object.fromEntries(headers), body: fromBase64(challenge?.text ?? '') };
}

function byTagName(root: XmlElement, name: string): XmlElement[] {
  return root.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...byTagName(child, name),
  ]);
}

function textOf(root: XmlElement, name: string): string {
  return byTagName(root, name)[0]?.text ?? '';
}

function swapped(bytes: Uint8Array): Uint8Array {
  return bytes.map((_, index) => bytes[index ^ 1] ?? 0);
}
