import type { Element } from '@xmldom/xmldom';
import { parseKeyId, type KeyId } from '@secure-player/protocol';

import { ManifestError } from '../manifest-error.js';
import type { DownloadableManifest, MediaTrack, Resource } from '../media-track.js';
import { resolveUrl } from '../resolve-url.js';
import { readMpdDuration } from './mpd-duration.js';
import { childOf, childrenOf, integerOf } from './mpd-element.js';
import { parseMpd } from './parse-mpd.js';
import { listSegments } from './segments.js';
import { representationsOf, type RepresentationOfTrack } from './tracks-of-mpd.js';

/**
 * The tracks of a DASH manifest and all that they are made of (ISO/IEC 23009-1). `url` is where it came from, after redirects.
 * Throws a `ManifestError` for what is live, malformed, or refers to what only a player can resolve.
 */
export function readMpd(text: string, url: string): DownloadableManifest {
  const mpd = parseMpd(text).documentElement;
  if (mpd.getAttribute('type') === 'dynamic') {
    throw new ManifestError(
      'live',
      'The manifest is of a live stream (type="dynamic"): it can be downloaded when it is over.',
    );
  }

  const periods = timePeriods(mpd);
  const tracks = new Map<string, MediaTrack>();
  for (const { track, place } of representationsOf(mpd)) {
    const period = periods.get(place.period);
    if (period === undefined) continue;

    const baseUrl = [mpd, place.period, place.set, place.representation].reduce(stepInto, url);
    const resources = listSegments({
      levels: [place.representation, place.set, place.period],
      baseUrl,
      seconds: period.seconds,
    });
    const known = tracks.get(track);
    tracks.set(
      track,
      known === undefined ? describe({ track, place }, resources) : join(known, place, resources),
    );
  }

  const seconds = [...periods.values()].reduce((total, period) => total + period.seconds, 0);
  return { type: 'dash', seconds, tracks: [...tracks.values()] };
}

/** How long each period is: as it says, until the next one begins, or until the end (section 5.3.2.1). */
function timePeriods(mpd: Element): Map<Element, { seconds: number }> {
  const total = readMpdDuration(mpd.getAttribute('mediaPresentationDuration'));
  const elements = childrenOf(mpd, 'Period');
  const timed = new Map<Element, { seconds: number }>();
  let start = 0;

  for (const [index, element] of elements.entries()) {
    if (element.hasAttribute('xlink:href')) {
      throw new ManifestError(
        'unsupported',
        'The manifest has a remote Period (xlink:href), which cannot be downloaded.',
      );
    }
    start = readMpdDuration(element.getAttribute('start')) ?? start;
    const next = elements[index + 1];
    const end = next === undefined ? total : readMpdDuration(next.getAttribute('start'));
    const seconds =
      readMpdDuration(element.getAttribute('duration')) ?? (end === null ? Number.NaN : end - start);
    if (!(seconds >= 0)) throw new ManifestError('malformed', 'A Period of the manifest has no duration.');
    timed.set(element, { seconds });
    start += seconds;
  }

  if (timed.size === 0) throw new ManifestError('malformed', 'The manifest has no Period.');
  return timed;
}

/** Of several base URLs the first is the one that is used; the others are for players that retry. */
function stepInto(base: string, element: Element): string {
  const text = childOf(element, 'BaseURL')?.textContent?.trim();
  return text ? resolveUrl(text, base) : base;
}

type Place = RepresentationOfTrack['place'];

function describe({ track, place }: RepresentationOfTrack, resources: readonly Resource[]): MediaTrack {
  const { set, representation, kind } = place;
  const either = (name: string) => representation.getAttribute(name) ?? set.getAttribute(name);
  return {
    id: track,
    kind,
    language: set.getAttribute('lang'),
    label: childOf(set, 'Label')?.textContent?.trim() ?? null,
    codecs: either('codecs'),
    width: integerOf(representation, 'width') ?? integerOf(set, 'width'),
    height: integerOf(representation, 'height') ?? integerOf(set, 'height'),
    bandwidth: integerOf(representation, 'bandwidth'),
    keyIds: keyIdsOf(place),
    resources,
  };
}

function join(track: MediaTrack, place: Place, resources: readonly Resource[]): MediaTrack {
  return {
    ...track,
    keyIds: [...new Set([...track.keyIds, ...keyIdsOf(place)])],
    resources: [...track.resources, ...resources],
  };
}

function keyIdsOf({ set, representation }: Place): KeyId[] {
  const texts = [set, representation]
    .flatMap((element) => childrenOf(element, 'ContentProtection'))
    .map((element) => element.getAttributeNS('urn:mpeg:cenc:2013', 'default_KID'));
  // Several key ids of one protection stand beside each other (ISO/IEC 23001-7 section 11.2).
  const words = texts.flatMap((text) => text?.split(/\s+/) ?? []).filter((word) => word !== '');
  return [...new Set(words.map((word) => parseKeyId(word)))];
}
