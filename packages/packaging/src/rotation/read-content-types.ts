import { DOMParser } from '@xmldom/xmldom';

const DASH = 'urn:mpeg:dash:schema:mpd:2011';

/** The MIME type with codecs of each stream of an MPD, by the address of its init segment. */
export function readContentTypes(mpd: string): Map<string, string> {
  const document = new DOMParser().parseFromString(mpd, 'text/xml');
  const templates = [...document.getElementsByTagNameNS(DASH, 'SegmentTemplate')];

  return new Map(
    templates.map((template) => {
      const representation = template.parentNode as typeof template;
      const mimeType = representation.getAttribute('mimeType') ?? '';
      const codecs = representation.getAttribute('codecs') ?? '';
      return [template.getAttribute('initialization') ?? '', `${mimeType}; codecs="${codecs}"`];
    }),
  );
}
