import type { Element } from '@xmldom/xmldom';

import type { MediaTrack } from '../media-track.js';
import { childrenOf } from './mpd-element.js';

/** A representation, and the track that it is a part of. */
export interface RepresentationOfTrack {
  readonly track: string;
  readonly place: {
    readonly period: Element;
    readonly set: Element;
    readonly representation: Element;
    readonly kind: MediaTrack['kind'];
  };
}

/**
 * All representations, each with the id of its track. What is the same rendition in another period is the same track: by
 * what it shows, in which language, and its place among those that are alike. Both listing and narrowing go by this.
 */
export function* representationsOf(mpd: Element): Generator<RepresentationOfTrack> {
  for (const period of childrenOf(mpd, 'Period')) {
    const seen = new Map<string, number>();
    for (const set of childrenOf(period, 'AdaptationSet')) {
      for (const representation of childrenOf(set, 'Representation')) {
        const either = (name: string) => representation.getAttribute(name) ?? set.getAttribute(name) ?? '';
        const kind = kindOf(either('contentType') || either('mimeType'), either('codecs'));
        if (kind === null) continue;

        const alike = [kind, either('lang'), roleOf(set), either('height'), either('codecs')].join('/');
        const place = seen.get(alike) ?? 0;
        seen.set(alike, place + 1);
        yield { track: `${alike}/${place}`, place: { period, set, representation, kind } };
      }
    }
  }
}

function roleOf(set: Element): string {
  return childrenOf(set, 'Role')
    .map((role) => role.getAttribute('value') ?? '')
    .join('+');
}

/** What a representation is, by its content type or its MIME type; `null` for what no player plays. */
function kindOf(type: string, codecs: string): MediaTrack['kind'] | null {
  const [family = ''] = type.split('/');
  switch (family) {
    case 'video':
    case 'audio':
    case 'image':
      return family;
    case 'text':
      return 'text';
    case 'application':
      // Subtitles in MP4, and TTML as a file.
      return /^(stpp|wvtt)/.test(codecs) || type.includes('ttml') || type === 'application/mp4'
        ? 'text'
        : null;
    default:
      return null;
  }
}
