import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../bytes/hex.js';
import { ENVELOPES } from '../envelope/envelopes.js';
import type { SealedMessage, SealedMessageType } from '../sealed/sealed-message.js';
import { readProtobufFields } from '../protobuf/protobuf-fields.js';

const { widevine } = ENVELOPES;
const DETAILS = { keyIds: [], nonce: new Uint8Array(16), requestTime: 0 };
const BODY = Uint8Array.of(1, 2, 3);
const SIGNATURE = Uint8Array.of(4, 5);

const messageOf = (type: SealedMessageType): SealedMessage => ({ type, body: BODY, signature: SIGNATURE });

/** What a player or a proxy sees, which knows public field numbers alone. */
function publicFields(bytes: Uint8Array): Record<number, unknown> {
  const fields = [...readProtobufFields(bytes, 'message')].filter(({ number }) => number < 100);
  return Object.fromEntries(fields.map(({ number, value }) => [number, value]));
}

describe("Widevine's envelope", () => {
  it.each<[SealedMessageType, number]>([
    ['license-request', 1],
    ['license-renewal', 1],
    ['license-release', 1],
    ['individualization-request', 1],
  ])('carries a %s as the public type %i', (type, publicType) => {
    const bytes = widevine.writeRequest(messageOf(type), DETAILS);

    expect(publicFields(bytes)).toEqual({ 1: publicType, 2: BODY, 3: SIGNATURE });
    expect(widevine.readRequest(bytes)).toEqual(messageOf(type));
  });

  it.each<[SealedMessageType, number]>([
    ['license', 2],
    ['release-acknowledgement', 2],
    ['device-certificate', 2],
    ['service-certificate', 5],
  ])('carries a %s as the public type %i', (type, publicType) => {
    const bytes = widevine.writeResponse(messageOf(type));

    expect(publicFields(bytes)).toEqual({ 1: publicType, 2: BODY, 3: SIGNATURE });
    expect(widevine.readResponse(bytes)).toEqual(messageOf(type));
  });

  it('asks for the server certificate with the two bytes that players know', () => {
    const message: SealedMessage = {
      type: 'service-certificate-request',
      body: new Uint8Array(),
      signature: new Uint8Array(),
    };
    const bytes = widevine.writeRequest(message, DETAILS);

    expect(toHex(bytes)).toBe('0804');
    expect(widevine.readRequest(bytes)).toEqual(message);
  });

  it('is read with fields that it does not know', () => {
    // Session key (4), a fixed-width field (9) and a group (11).
    const bytes = fromHex(`0801 1201aa 1a01bb 2203cccccc 4d00000000 5b5c`.replaceAll(' ', ''));

    expect(widevine.readRequest(bytes)).toEqual({
      type: 'license-request',
      body: Uint8Array.of(0xaa),
      signature: Uint8Array.of(0xbb),
    });
  });

  it.each([
    ['an empty message', '', 'malformed', 'widevine.type'],
    ['an error response', '0803', 'unsupported', 'widevine.type'],
    ['a type that there is not', '0806', 'invalid-value', 'widevine.type'],
    ['a type twice', '08010801', 'malformed', 'widevine.type'],
    ['text for its type', '0a0131', 'malformed', 'widevine.type'],
    ['a license', '0802', 'invalid-value', 'message.type'],
    ['a renewal in a license', '0802c0b80202', 'invalid-value', 'widevine.sealedType'],
    ['a kind that there is not', '0801c0b80263', 'invalid-value', 'widevine.sealedType'],
    ['a content that is cut short', '080112', 'truncated', 'widevine.2.length'],
  ])('does not take %s for a request', (_, hex, code, field) => {
    expect(() => widevine.readRequest(fromHex(hex))).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field }),
    );
  });

  it('does not take a request for a response', () => {
    expect(() => widevine.readResponse(widevine.writeRequest(messageOf('license-request'), DETAILS))).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'message.type' }),
    );
    expect(() => widevine.writeResponse(messageOf('license-request'))).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'message.type' }),
    );
    expect(() => widevine.writeRequest(messageOf('license'), DETAILS)).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'message.type' }),
    );
  });

  it('is bounded', () => {
    expect(() => widevine.readResponse(new Uint8Array(512 * 1024 + 1))).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'widevine' }),
    );
  });
});
