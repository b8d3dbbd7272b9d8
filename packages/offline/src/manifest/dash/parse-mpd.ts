import { DOMParser, type Document, type Element } from '@xmldom/xmldom';

import { ManifestError } from '../manifest-error.js';

/** An MPD as a document whose root is known. */
export interface MpdDocument {
  readonly document: Document;
  readonly documentElement: Element;
}

/** Reads an MPD. Entities of its own would let a small file become a large one. */
export function parseMpd(text: string): MpdDocument {
  if (/<!DOCTYPE/i.test(text))
    throw new ManifestError('malformed', 'The manifest has a document type declaration.');

  const document = parse(text);
  const documentElement = document.documentElement;
  if (documentElement?.localName !== 'MPD')
    throw new ManifestError('malformed', 'The manifest is not an MPD.');
  return { document, documentElement };
}

function parse(text: string): Document {
  try {
    return new DOMParser({
      onError(level) {
        if (level !== 'warning') throw new ManifestError('malformed', 'The manifest is not well-formed XML.');
      },
    }).parseFromString(text, 'application/xml');
  } catch {
    throw new ManifestError('malformed', 'The manifest is not well-formed XML.');
  }
}
