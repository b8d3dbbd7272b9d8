import { DOMParser, XMLSerializer, type Document, type Element } from '@xmldom/xmldom';
import {
  keyIdToGuid,
  SYSTEM_IDS,
  toBase64,
  writePlayReadyObject,
  writePsshBox,
  writeWidevinePsshData,
  type KeyId,
} from '@secure-player/protocol';
import { PackagingError } from '../errors/packaging-error.js';
import { signalProtection } from '../manifests/signal-protection.js';
import type { PackagingFormat } from '../packager/packager-arguments.js';

const DASH = 'urn:mpeg:dash:schema:mpd:2011';
const CENC = 'urn:mpeg:cenc:2013';
const XMLNS = 'http://www.w3.org/2000/xmlns/';
const MP4_PROTECTION = 'urn:mpeg:dash:mp4protection:2011';
const COMMON_SCHEME = `urn:uuid:${SYSTEM_IDS.common}`;

/**
 * Makes an MPD of rotating keys name the root key, for Widevine, PlayReady and Clear Key. Packager says of such a film only
 * that it is protected. Leaf keys never stand in the MPD: they come with the segments (DASH-IF Guidelines, part 6).
 */
export function signalRootKey(mpd: string, rootKeyId: KeyId, scheme: PackagingFormat): string {
  const document = new DOMParser().parseFromString(mpd, 'text/xml');
  const protections = [...document.getElementsByTagNameNS(DASH, 'ContentProtection')];
  // On the root, where one declaration serves all.
  document.documentElement?.setAttributeNS(XMLNS, 'xmlns:cenc', CENC);

  for (const element of protections) {
    const schemeIdUri = element.getAttribute('schemeIdUri');
    if (schemeIdUri === MP4_PROTECTION) {
      element.setAttributeNS(CENC, 'cenc:default_KID', keyIdToGuid(rootKeyId));
    } else if (schemeIdUri === COMMON_SCHEME) {
      replaceBySystems(document, element, rootKeyId, scheme);
    } else {
      throw new PackagingError(
        'unexpected-output',
        'Shaka Packager signals a system that was not asked for.',
      );
    }
  }
  return signalProtection(new XMLSerializer().serializeToString(document), ['clear-key']);
}

function replaceBySystems(
  document: Document,
  common: Element,
  rootKeyId: KeyId,
  scheme: PackagingFormat,
): void {
  const indent = common.previousSibling?.nodeValue ?? '';
  const systems = [
    { name: 'Widevine', systemId: SYSTEM_IDS.widevine, data: widevineData(rootKeyId, scheme) },
    { name: 'PlayReady', systemId: SYSTEM_IDS.playready, data: playReadyData(rootKeyId, scheme) },
  ];
  for (const [index, { name, systemId, data }] of systems.entries()) {
    const element = document.createElementNS(DASH, 'ContentProtection');
    element.setAttribute('schemeIdUri', `urn:uuid:${systemId}`);
    element.setAttribute('value', name);
    const pssh = document.createElementNS(CENC, 'cenc:pssh');
    pssh.appendChild(document.createTextNode(toBase64(writePsshBox({ systemId, data }))));
    element.appendChild(pssh);
    if (index > 0) common.parentNode?.insertBefore(document.createTextNode(indent), common);
    common.parentNode?.insertBefore(element, common);
  }
  common.parentNode?.removeChild(common);
}

function widevineData(keyId: KeyId, scheme: PackagingFormat): Uint8Array {
  return writeWidevinePsshData({ keyIds: [keyId], protectionScheme: scheme });
}

function playReadyData(keyId: KeyId, scheme: PackagingFormat): Uint8Array {
  const algorithm = scheme === 'cenc' ? 'AESCTR' : 'AESCBC';
  return writePlayReadyObject({ header: { version: '4.3.0.0', keys: [{ keyId, algorithm }] } });
}
