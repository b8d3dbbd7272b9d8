import type { Element } from '@xmldom/xmldom';

import { ManifestError } from '../manifest-error.js';
import type { ByteRange, Resource } from '../media-track.js';
import { resolveUrl } from '../resolve-url.js';
import { fillTemplate, type TemplateValues } from './fill-template.js';
import { childOf, childrenOf, integerOf, rangeOf } from './mpd-element.js';
import { MAX_SEGMENTS, readSegmentTimeline, type TimelineEntry } from './segment-timeline.js';

/** A representation, and what it inherits. */
export interface RepresentationPlace {
  /** Each inherits from those behind it (ISO/IEC 23009-1 section 5.3.9.1). */
  readonly levels: readonly [representation: Element, set: Element, period: Element];
  readonly baseUrl: string;
  /** Of the period. */
  readonly seconds: number;
}

/** What a representation is made of, in the order of playback. */
export function listSegments(place: RepresentationPlace): Resource[] {
  const template = new Inherited(place.levels, 'SegmentTemplate');
  if (template.isThere) return listTemplate(template, place);

  const list = new Inherited(place.levels, 'SegmentList');
  if (list.isThere) return listList(list, place);

  // With a SegmentBase, and with a BaseURL alone: one file, whose index the player reads by itself.
  return [{ kind: 'file', url: place.baseUrl, range: null, seconds: place.seconds }];
}

function listTemplate(template: Inherited, { levels, baseUrl, seconds }: RepresentationPlace): Resource[] {
  const [representation] = levels;
  const fixed = {
    RepresentationID: representation.getAttribute('id') ?? '',
    Bandwidth: integerOf(representation, 'bandwidth') ?? 0,
  };
  const resolve = (text: string, values: TemplateValues = fixed) =>
    resolveUrl(fillTemplate(text, values), baseUrl);
  const media = template.attribute('media');
  if (media === null) throw new ManifestError('malformed', 'A SegmentTemplate has no media attribute.');

  const timescale = template.integer('timescale') ?? 1;
  const firstNumber = template.integer('startNumber') ?? 1;
  const initialization = template.attribute('initialization');
  return [
    ...(initialization === null ? initializationOf(template, baseUrl) : [init(resolve(initialization))]),
    ...timelineOf(template, seconds, timescale, firstNumber).map(({ time, duration }, index): Resource => ({
      kind: 'segment',
      url: resolve(media, { ...fixed, Number: firstNumber + index, Time: time }),
      range: null,
      seconds: duration / timescale,
    })),
  ];
}

function listList(list: Inherited, { baseUrl, seconds }: RepresentationPlace): Resource[] {
  const timescale = list.integer('timescale') ?? 1;
  const urls = list.children('SegmentURL');
  if (urls.length > MAX_SEGMENTS) {
    throw new ManifestError('unsupported', `A SegmentList has more than ${MAX_SEGMENTS} segments.`);
  }
  const duration = list.integer('duration');
  const timeline = list.child('SegmentTimeline');
  const entries = timeline === undefined ? [] : readSegmentTimeline(timeline, seconds * timescale);

  return [
    ...initializationOf(list, baseUrl),
    ...urls.map((element, index): Resource => {
      const units = entries[index]?.duration ?? duration ?? (seconds * timescale) / urls.length;
      return {
        kind: 'segment',
        url: resolveUrl(element.getAttribute('media') ?? '', baseUrl),
        range: rangeOf(element, 'mediaRange'),
        seconds: units / timescale,
      };
    }),
  ];
}

function timelineOf(
  template: Inherited,
  seconds: number,
  timescale: number,
  firstNumber: number,
): TimelineEntry[] {
  // Times of a period start at its presentationTimeOffset.
  const offset = template.integer('presentationTimeOffset') ?? 0;
  const timeline = template.child('SegmentTimeline');
  if (timeline !== undefined) return readSegmentTimeline(timeline, offset + seconds * timescale);

  const duration = template.integer('duration');
  if (duration === null || duration <= 0) {
    throw new ManifestError('malformed', 'A SegmentTemplate has neither a SegmentTimeline nor a duration.');
  }
  const lastNumber = template.integer('endNumber');
  const count =
    lastNumber === null ? Math.ceil((seconds * timescale) / duration) : lastNumber - firstNumber + 1;
  if (!(count <= MAX_SEGMENTS)) {
    throw new ManifestError('unsupported', `A SegmentTemplate has more than ${MAX_SEGMENTS} segments.`);
  }
  return Array.from({ length: Math.max(count, 0) }, (_, index) => ({
    time: offset + index * duration,
    duration,
  }));
}

function initializationOf(segments: Inherited, baseUrl: string): Resource[] {
  const element = segments.child('Initialization');
  if (element === undefined) return [];
  return [init(resolveUrl(element.getAttribute('sourceURL') ?? '', baseUrl), rangeOf(element, 'range'))];
}

function init(url: string, range: ByteRange | null = null): Resource {
  return { kind: 'init', url, range, seconds: 0 };
}

/** An element that may stand at each level; attributes and children of the nearest count. */
class Inherited {
  /** The nearest first. */
  readonly #elements: readonly Element[];

  constructor(levels: readonly Element[], name: string) {
    this.#elements = levels.map((level) => childOf(level, name)).filter((element) => element !== undefined);
  }

  get isThere(): boolean {
    return this.#elements.length > 0;
  }

  attribute(name: string): string | null {
    return this.#elements.find((element) => element.hasAttribute(name))?.getAttribute(name) ?? null;
  }

  integer(name: string): number | null {
    const element = this.#elements.find((candidate) => candidate.hasAttribute(name));
    return element === undefined ? null : integerOf(element, name);
  }

  child(name: string): Element | undefined {
    return this.children(name)[0];
  }

  children(name: string): Element[] {
    return this.#elements.map((element) => childrenOf(element, name)).find((found) => found.length > 0) ?? [];
  }
}
