import { fromBase64 } from '../bytes/base64.js';
import { ProtocolError, withOffsets } from '../protocol-error.js';
import { readXmlText } from './utf16.js';
import { readXmlElement, type XmlElement } from './xml-element.js';

/** The namespace of what a PlayReady client and server say to each other. */
export const PROTOCOL_NAMESPACE = 'http://schemas.microsoft.com/DRM/2007/03/protocols';

/** The namespace of the element between that holds a message. */
export const MESSAGES_NAMESPACE = `${PROTOCOL_NAMESPACE}/messages`;

/** The action that a client names in its `SOAPAction` header. */
export const ACQUIRE_LICENSE_ACTION = `${PROTOCOL_NAMESPACE}/AcquireLicense`;

/** A SOAP envelope around XML. The content must be ASCII: some players read a challenge as Latin-1. */
export function writeSoap(content: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<soap:Envelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"' +
    ` xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${content}</soap:Body></soap:Envelope>`
  );
}

/** Reads XML from bytes. Positions are left out of errors, because the bytes may lie in another document's base64. */
export function readXml(bytes: Uint8Array, field: string): XmlElement {
  return withoutOffset(() => readXmlElement(readXmlText(bytes, field), field));
}

/** The element's name without the prefix of its namespace, which senders choose freely. */
export function localName({ name }: XmlElement): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The first element at a path of local names, such as `LA/LicenseNonce`. */
export function findElement(parent: XmlElement, path: string): XmlElement | undefined {
  return path
    .split('/')
    .reduce<XmlElement | undefined>(
      (element, name) => element?.children.find((child) => localName(child) === name),
      parent,
    );
}

/** The element at a path, which must be there. */
export function requireElement(parent: XmlElement, path: string): XmlElement {
  const element = findElement(parent, path);
  if (element !== undefined) return element;

  throw new ProtocolError('malformed', path.replaceAll('/', '.'), 'is missing');
}

/** The bytes that an element holds in base64, which may be broken into lines. */
export function readBase64(element: XmlElement): Uint8Array<ArrayBuffer> {
  const text = element.text.replaceAll(/[\t\n\r ]/g, '');
  // The name was asked for, so that it is one of ours.
  return withoutOffset(() => fromBase64(text, localName(element)));
}

function withoutOffset<Result>(read: () => Result): Result {
  return withOffsets(read, () => undefined);
}
