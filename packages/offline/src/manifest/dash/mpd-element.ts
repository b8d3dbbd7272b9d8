import type { Element } from '@xmldom/xmldom';

import { ManifestError } from '../manifest-error.js';
import type { ByteRange } from '../media-track.js';

/** The child elements of a name, in their order. */
export function childrenOf(parent: Element, name: string): Element[] {
  return Array.from(parent.childNodes).filter(
    (node): node is Element => node.nodeType === node.ELEMENT_NODE && (node as Element).localName === name,
  );
}

/** The first child element of a name. */
export function childOf(parent: Element, name: string): Element | undefined {
  return childrenOf(parent, name)[0];
}

/** An attribute that is an integer; `null` where it is left out. */
export function integerOf(element: Element, name: string): number | null {
  const text = element.getAttribute(name);
  if (text === null) return null;

  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value)) {
    throw new ManifestError(
      'malformed',
      `The attribute ${name} of a ${element.localName} is not an integer.`,
    );
  }
  return value;
}

/** An attribute such as `0-799`; `null` where it is left out. */
export function rangeOf(element: Element, name: string): ByteRange | null {
  const text = element.getAttribute(name);
  if (text === null) return null;

  const match = /^(\d+)-(\d+)$/.exec(text.trim());
  const [start, end] = [Number(match?.[1]), Number(match?.[2])];
  if (!(Number.isSafeInteger(end) && start <= end)) {
    throw new ManifestError('malformed', `The attribute ${name} of a ${element.localName} is not a range.`);
  }
  return { start, end };
}
