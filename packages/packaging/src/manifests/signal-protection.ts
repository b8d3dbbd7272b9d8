import { DOMParser, XMLSerializer, type Element } from '@xmldom/xmldom';
import { SYSTEM_IDS } from '@secure-player/protocol';
import { PackagingError } from '../errors/packaging-error.js';

/** Protection that Packager does not signal in an MPD. */
export type SignaledSystem = 'clear-key' | 'fairplay';

const DASH = 'urn:mpeg:dash:schema:mpd:2011';
const CENC = 'urn:mpeg:cenc:2013';
const MP4_PROTECTION = 'urn:mpeg:dash:mp4protection:2011';

const SIGNALS: Readonly<Record<SignaledSystem, { scheme: string; value: string }>> = {
  // Without a Laurl: for Clear Key a URL in the manifest would win over the one that the application configures.
  'clear-key': { scheme: `urn:uuid:${SYSTEM_IDS.clearKeyDash}`, value: 'ClearKey1.0' },
  fairplay: { scheme: `urn:uuid:${SYSTEM_IDS.fairplay}`, value: 'FairPlay' },
};

/** Adds ContentProtection elements for `systems` to every protected adaptation set of an MPD. */
export function signalProtection(mpd: string, systems: readonly SignaledSystem[]): string {
  const document = new DOMParser().parseFromString(mpd, 'text/xml');
  const generic = [...document.getElementsByTagNameNS(DASH, 'ContentProtection')].filter(
    (element) => element.getAttribute('schemeIdUri') === MP4_PROTECTION,
  );
  if (generic.length === 0) {
    throw new PackagingError('unexpected-output', 'Shaka Packager wrote a manifest without protection.');
  }

  for (const element of generic) {
    for (const system of systems) addProtection(element, system);
  }
  return `${new XMLSerializer().serializeToString(document)}\n`;
}

function addProtection(generic: Element, system: SignaledSystem): void {
  const keyId = generic.getAttributeNS(CENC, 'default_KID');
  const document = generic.ownerDocument;
  if (!keyId || !document) {
    throw new PackagingError('unexpected-output', 'Shaka Packager wrote protection without a key id.');
  }

  const element = document.createElementNS(DASH, 'ContentProtection');
  element.setAttribute('schemeIdUri', SIGNALS[system].scheme);
  element.setAttribute('value', SIGNALS[system].value);
  element.setAttributeNS(CENC, 'cenc:default_KID', keyId);
  const indent = generic.previousSibling?.nodeValue ?? '';
  const next = generic.nextSibling;
  generic.parentNode?.insertBefore(document.createTextNode(indent), next);
  generic.parentNode?.insertBefore(element, next);
}
