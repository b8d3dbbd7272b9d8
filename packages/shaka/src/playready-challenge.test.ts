import { toBase64 } from '@secure-player/protocol';
import { expect, it } from 'vitest';

import { readPlayReadyChallenge } from './playready-challenge.js';

const SOAP = new TextEncoder().encode('<soap/>');

function utf16(text: string): Uint8Array {
  return new Uint8Array(Uint16Array.from(text, (character) => character.charCodeAt(0)).buffer);
}

it('takes the request and its headers out of a message as Edge makes them', () => {
  const message = utf16(
    '<PlayReadyKeyMessage type="LicenseAcquisition"><LicenseAcquisition Version="1">' +
      `<Challenge encoding="base64encoded">${toBase64(SOAP)}</Challenge><HttpHeaders>` +
      '<HttpHeader><name>Content-Type</name><value>text/xml; charset=utf-8</value></HttpHeader>' +
      '<HttpHeader><name>SOAPAction</name><value>"urn:acquire"</value></HttpHeader>' +
      '</HttpHeaders></LicenseAcquisition></PlayReadyKeyMessage>',
  );

  expect(readPlayReadyChallenge(message)).toEqual({
    headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '"urn:acquire"' },
    body: SOAP,
  });
});

it('takes a message that is the request itself as it is', () => {
  expect(readPlayReadyChallenge(SOAP)).toEqual({
    headers: { 'Content-Type': 'text/xml; charset=utf-8' },
    body: SOAP,
  });
});
