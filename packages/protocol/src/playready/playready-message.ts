import { toBase64 } from '../bytes/base64.js';
import { ProtocolError } from '../protocol-error.js';
import { checkDirection, MESSAGE_TYPES } from '../sealed/message-type.js';
import { checkEnvelopeSize, readSealedFrame, writeSealedFrame } from '../sealed/sealed-frame.js';
import type {
  EnvelopeDetails,
  LicenseEnvelope,
  SealedMessage,
  SealedMessageType,
} from '../sealed/sealed-message.js';
import {
  ACQUIRE_LICENSE_ACTION,
  findElement,
  localName,
  MESSAGES_NAMESPACE,
  PROTOCOL_NAMESPACE,
  readBase64,
  readXml,
  requireElement,
  writeSoap,
} from './soap.js';
import { toUtf16 } from './utf16.js';
import { writePlayReadyHeader } from './write-playready-header.js';
import type { XmlElement } from './xml-element.js';

/**
 * PlayReady's outer messages: `PlayReadyKeyMessage` in UTF-16, which holds the HTTP headers and, in base64, the SOAP
 * that players send; or that SOAP alone. What is encrypted and signed in it is this project's own and no PlayReady
 * client or server reads it. A SOAP fault for a response is `unsupported` in the field `Fault`.
 */
export const PLAYREADY_ENVELOPE: LicenseEnvelope = {
  system: 'playready',
  writeRequest,
  readRequest,
  writeResponse,
  readResponse,
};

/** A namespace of our own, for the kind of message, which PlayReady tells by other SOAP actions. */
const OWN_NAMESPACE = 'urn:secure-player:sealed-message';

const ENCRYPTION_NAMESPACE = 'http://www.w3.org/2001/04/xmlenc#';
const SIGNATURE_NAMESPACE = 'http://www.w3.org/2000/09/xmldsig#';

function writeRequest(message: SealedMessage, details: EnvelopeDetails): Uint8Array<ArrayBuffer> {
  const soap = writeSoap(acquireLicense(checkDirection(message, 'request'), details));
  if (details.bare !== true) return toUtf16(keyMessage(new TextEncoder().encode(soap)));

  // UTF-8, which players that look for UTF-16 take for unwrapped. Some read it as 16-bit units to find that out.
  return new TextEncoder().encode(soap.length % 2 === 0 ? soap : `${soap}\n`);
}

function readRequest(bytes: Uint8Array): SealedMessage {
  checkEnvelopeSize(bytes, 'playready');
  const root = readXml(bytes, 'PlayReadyKeyMessage');
  if (localName(root) !== 'PlayReadyKeyMessage') return readAcquireLicense(root);

  const challenge = requireElement(root, 'LicenseAcquisition/Challenge');
  if (challenge.attributes.get('encoding') !== 'base64encoded') {
    throw new ProtocolError('unsupported', 'Challenge.encoding', 'must be base64encoded');
  }
  return readAcquireLicense(readXml(readBase64(challenge), 'Challenge'));
}

function writeResponse(message: SealedMessage): Uint8Array<ArrayBuffer> {
  const license = toBase64(writeSealedFrame(checkDirection(message, 'response')));
  return new TextEncoder().encode(
    writeSoap(
      `<AcquireLicenseResponse xmlns="${PROTOCOL_NAMESPACE}"><AcquireLicenseResult>` +
        `<Response xmlns="${MESSAGES_NAMESPACE}"><LicenseResponse xmlns="${PROTOCOL_NAMESPACE}">` +
        `<Version>1</Version><Licenses><License>${license}</License></Licenses>` +
        '</LicenseResponse></Response></AcquireLicenseResult></AcquireLicenseResponse>',
    ),
  );
}

function readResponse(bytes: Uint8Array): SealedMessage {
  checkEnvelopeSize(bytes, 'playready');
  const body = requireElement(readSoap(readXml(bytes, 'Envelope')), 'Body');
  if (findElement(body, 'Fault') !== undefined) {
    throw new ProtocolError('unsupported', 'Fault', 'is what the server answers instead of a license');
  }
  const license = requireElement(
    body,
    'AcquireLicenseResponse/AcquireLicenseResult/Response/LicenseResponse/Licenses/License',
  );
  return checkDirection(readSealedFrame(readBase64(license), 'License'), 'response');
}

function keyMessage(soap: Uint8Array): string {
  const header = (name: string, value: string): string =>
    `<HttpHeader><name>${name}</name><value>${value}</value></HttpHeader>`;
  return (
    '<PlayReadyKeyMessage type="LicenseAcquisition"><LicenseAcquisition Version="1">' +
    `<Challenge encoding="base64encoded">${toBase64(soap)}</Challenge><HttpHeaders>` +
    header('Content-Type', 'text/xml; charset=utf-8') +
    header('SOAPAction', `"${ACQUIRE_LICENSE_ACTION}"`) +
    '</HttpHeaders></LicenseAcquisition></PlayReadyKeyMessage>'
  );
}

function acquireLicense({ type, body, signature }: SealedMessage, details: EnvelopeDetails): string {
  const header = writePlayReadyHeader({
    version: '4.3.0.0',
    keys: details.keyIds.map((keyId) => ({ keyId })),
  });
  const clientTime = Math.floor(details.requestTime / 1000);
  return (
    `<AcquireLicense xmlns="${PROTOCOL_NAMESPACE}"><challenge><Challenge xmlns="${MESSAGES_NAMESPACE}">` +
    `<LA xmlns="${PROTOCOL_NAMESPACE}" Id="SignedData" xml:space="preserve"><Version>1</Version>` +
    `<ContentHeader>${header}</ContentHeader>` +
    `<LicenseNonce>${toBase64(details.nonce)}</LicenseNonce><ClientTime>${clientTime}</ClientTime>` +
    `<MessageType xmlns="${OWN_NAMESPACE}">${type}</MessageType>` +
    `<EncryptedData xmlns="${ENCRYPTION_NAMESPACE}" Type="${ENCRYPTION_NAMESPACE}Element">` +
    `<CipherData><CipherValue>${toBase64(body)}</CipherValue></CipherData></EncryptedData></LA>` +
    `<Signature xmlns="${SIGNATURE_NAMESPACE}"><SignatureValue>${toBase64(signature)}</SignatureValue></Signature>` +
    '</Challenge></challenge></AcquireLicense>'
  );
}

function readAcquireLicense(root: XmlElement): SealedMessage {
  const challenge = requireElement(readSoap(root), 'Body/AcquireLicense/challenge/Challenge');
  const signedData = requireElement(challenge, 'LA');
  const message: SealedMessage = {
    type: readType(requireElement(signedData, 'MessageType')),
    body: readBase64(requireElement(signedData, 'EncryptedData/CipherData/CipherValue')),
    signature: readBase64(requireElement(challenge, 'Signature/SignatureValue')),
  };
  return checkDirection(message, 'request');
}

function readType({ text }: XmlElement): SealedMessageType {
  const type = MESSAGE_TYPES.find((known) => known === text);
  if (type !== undefined) return type;

  throw new ProtocolError('invalid-value', 'MessageType', 'is not one that there is');
}

function readSoap(root: XmlElement): XmlElement {
  if (localName(root) === 'Envelope') return root;

  throw new ProtocolError('malformed', 'Envelope', 'is not the root element');
}
