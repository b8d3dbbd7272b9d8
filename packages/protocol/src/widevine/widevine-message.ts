import { ProtobufMessage, ProtobufWriter } from '../protobuf/protobuf-message.js';
import { ProtocolError } from '../protocol-error.js';
import { checkDirection, MESSAGE_TYPES, type MessageDirection } from '../sealed/message-type.js';
import { checkEnvelopeSize } from '../sealed/sealed-frame.js';
import type { LicenseEnvelope, SealedMessage, SealedMessageType } from '../sealed/sealed-message.js';

/** Field numbers of `SignedMessage`, as players and proxies know them. */
const TYPE = 1;
const MSG = 2;
const SIGNATURE = 3;

/**
 * A field of our own, with a number far above Widevine's: what kind of message it is where `type` does not tell, in the
 * numbers of {@link MESSAGE_TYPES}.
 */
const SEALED_TYPE = 5000;

/** The values of `type`, by their numbers from 1 on. */
const WIDEVINE_TYPES = [
  'LICENSE_REQUEST',
  'LICENSE',
  'ERROR_RESPONSE',
  'SERVICE_CERTIFICATE_REQUEST',
  'SERVICE_CERTIFICATE',
] as const;

type WidevineType = (typeof WIDEVINE_TYPES)[number];

/** Renewals and releases are license requests in Widevine too; the last two of each direction it does elsewhere. */
const WIDEVINE_TYPE_OF: Readonly<Record<SealedMessageType, WidevineType>> = {
  'license-request': 'LICENSE_REQUEST',
  'license-renewal': 'LICENSE_REQUEST',
  'license-release': 'LICENSE_REQUEST',
  'individualization-request': 'LICENSE_REQUEST',
  'service-certificate-request': 'SERVICE_CERTIFICATE_REQUEST',
  license: 'LICENSE',
  'release-acknowledgement': 'LICENSE',
  'device-certificate': 'LICENSE',
  'service-certificate': 'SERVICE_CERTIFICATE',
};

/** What a message without {@link SEALED_TYPE} is. */
const PLAIN_TYPES: Readonly<Partial<Record<WidevineType, SealedMessageType>>> = {
  LICENSE_REQUEST: 'license-request',
  LICENSE: 'license',
  SERVICE_CERTIFICATE_REQUEST: 'service-certificate-request',
  SERVICE_CERTIFICATE: 'service-certificate',
};

/**
 * Widevine's outer message, `SignedMessage` with its type, content and signature. What `msg` and `signature` hold is this
 * project's own and no Widevine device or server reads it. A request for the server's certificate is the two bytes
 * `08 04`, by which players know it.
 */
export const WIDEVINE_ENVELOPE: LicenseEnvelope = {
  system: 'widevine',
  writeRequest: (message) => writeMessage(message, 'request'),
  readRequest: (bytes) => readMessage(bytes, 'request'),
  writeResponse: (message) => writeMessage(message, 'response'),
  readResponse: (bytes) => readMessage(bytes, 'response'),
};

function writeMessage(message: SealedMessage, direction: MessageDirection): Uint8Array<ArrayBuffer> {
  const { type, body, signature } = checkDirection(message, direction);
  const outerType = WIDEVINE_TYPE_OF[type];
  const isPlain = PLAIN_TYPES[outerType] === type;
  return new ProtobufWriter()
    .word(TYPE, outerType, WIDEVINE_TYPES, 'widevine.type')
    .bytes(MSG, body.length > 0 ? body : undefined)
    .bytes(SIGNATURE, signature.length > 0 ? signature : undefined)
    .word(SEALED_TYPE, isPlain ? undefined : type, MESSAGE_TYPES, 'widevine.sealedType')
    .toBytes();
}

function readMessage(bytes: Uint8Array, direction: MessageDirection): SealedMessage {
  checkEnvelopeSize(bytes, 'widevine');
  const fields = ProtobufMessage.read(bytes, 'widevine');
  const outerType = fields.word(TYPE, 'type', WIDEVINE_TYPES);
  const type = fields.optionalWord(SEALED_TYPE, 'sealedType', MESSAGE_TYPES) ?? PLAIN_TYPES[outerType];
  if (type === undefined) {
    throw new ProtocolError('unsupported', 'widevine.type', 'is an error response');
  }
  if (WIDEVINE_TYPE_OF[type] !== outerType) {
    throw new ProtocolError('invalid-value', 'widevine.sealedType', 'is not of this type');
  }
  const message: SealedMessage = {
    type,
    body: fields.optionalBytes(MSG, 'msg') ?? new Uint8Array(),
    signature: fields.optionalBytes(SIGNATURE, 'signature') ?? new Uint8Array(),
  };
  return checkDirection(message, direction);
}
