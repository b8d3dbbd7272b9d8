import { toBase64 } from '@secure-player/protocol';
import { expect, it } from 'vitest';

import { unwrapPlayReadyMessage } from './unwrap-playready-message.js';

const SOAP = new TextEncoder().encode('<soap:Envelope/>');

function utf16(text: string): Uint8Array {
  return new Uint8Array(Uint16Array.from(text, (character) => character.charCodeAt(0)).buffer);
}

it('takes the request and its headers out', () => {
  const message = utf16(
    '<PlayReadyKeyMessage type="LicenseAcquisition"><LicenseAcquisition Version="1">' +
      `<Challenge encoding="base64encoded">${toBase64(SOAP)}</Challenge><HttpHeaders>` +
      '<HttpHeader><name>Content-Type</name><value>text/xml</value></HttpHeader>' +
      '<HttpHeader><name>SOAPAction</name><value>"urn:a"</value></HttpHeader>' +
      '</HttpHeaders></LicenseAcquisition></PlayReadyKeyMessage>',
  );

  expect(unwrapPlayReadyMessage(message)).toEqual({
    body: SOAP,
    headers: { 'content-type': 'text/xml', soapaction: '"urn:a"' },
  });
});

it.each([
  ['bare', SOAP],
  ['of an odd length', new TextEncoder().encode('<soap:Envelope />')],
  ['without a challenge', utf16('<PlayReadyKeyMessage/>')],
])('takes a message that is %s for the request', (_, message) => {
  expect(unwrapPlayReadyMessage(message)).toEqual({
    body: message,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
  });
});
