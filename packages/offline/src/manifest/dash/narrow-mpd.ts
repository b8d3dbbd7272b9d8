import { XMLSerializer } from '@xmldom/xmldom';

import { childrenOf } from './mpd-element.js';
import { parseMpd } from './parse-mpd.js';
import { representationsOf } from './tracks-of-mpd.js';

/** The manifest with the chosen tracks alone, so that no player asks for what was not downloaded. */
export function narrowMpd(text: string, trackIds: ReadonlySet<string>): string {
  const { document, documentElement: mpd } = parseMpd(text);
  const kept = new Set(
    [...representationsOf(mpd)]
      .filter(({ track }) => trackIds.has(track))
      .map(({ place }) => place.representation),
  );

  for (const period of childrenOf(mpd, 'Period')) {
    for (const set of childrenOf(period, 'AdaptationSet')) {
      const representations = childrenOf(set, 'Representation');
      for (const representation of representations) {
        if (!kept.has(representation)) set.removeChild(representation);
      }
      if (!representations.some((representation) => kept.has(representation))) period.removeChild(set);
    }
  }
  return new XMLSerializer().serializeToString(document);
}
