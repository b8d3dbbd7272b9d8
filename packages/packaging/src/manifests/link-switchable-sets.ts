import { DOMParser, XMLSerializer, type Element } from '@xmldom/xmldom';

const DASH = 'urn:mpeg:dash:schema:mpd:2011';
const SWITCHING = 'urn:mpeg:dash:adaptation-set-switching:2016';

/**
 * Makes the video sets of an MPD that a player may switch between name each other. Packager writes ids here that the
 * sets had before it put them in order, so that a player which goes by them finds SD and HD to be two films.
 */
export function linkSwitchableSets(mpd: string): string {
  const document = new DOMParser().parseFromString(mpd, 'text/xml');
  const properties = [...document.getElementsByTagNameNS(DASH, 'SupplementalProperty')].filter(
    (element) => element.getAttribute('schemeIdUri') === SWITCHING,
  );
  const ids = properties.map(setIdOf);

  for (const [index, property] of properties.entries()) {
    property.setAttribute('value', ids.filter((_, other) => other !== index).join(','));
  }
  return `${new XMLSerializer().serializeToString(document)}\n`;
}

function setIdOf(property: Element): string {
  const set = property.parentNode as Element;
  return set.getAttribute('id') ?? '';
}
