/** A MIME type of media, taken apart. */
export interface MediaType {
  /** In lower case. */
  readonly type: string;
  readonly subtype: string;
  /** As written, for their case counts; empty where there is no `codecs` parameter. */
  readonly codecs: readonly string[];
}

const TOKEN = "[!#$%&'*+\\-.^_`|~\\w]+";
const SPACE = '[\\t\\n\\r ]*';
const ESSENCE = new RegExp(`^(${TOKEN})/(${TOKEN})${SPACE}(?=;|$)`);
/** One parameter, or the nothing after a stray semicolon. */
const PARAMETER = new RegExp(
  `;${SPACE}(?:(${TOKEN})=(?:"((?:[^"\\\\]|\\\\.)*)"${SPACE}|([^;"]*)))?(?=;|$)`,
  'y',
);
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** The parameters of RFC 6381, which are the ones that EME wants to be understood. */
const KNOWN_PARAMETERS: readonly string[] = ['codecs', 'profiles'];

/**
 * Reads a content type as EME's "Get Supported Capabilities" does: the grammar of https://mimesniff.spec.whatwg.org, with
 * spaces around, but null also for a parameter that is malformed, doubled or none of RFC 6381's, where a MIME parser
 * would drop it.
 */
export function parseMediaType(contentType: string): MediaType | null {
  const text = trim(contentType);
  const essence = ESSENCE.exec(text);
  const parameters = essence && readParameters(text, essence[0].length);
  if (!essence || !parameters) return null;

  const codecs = readCodecs(parameters.get('codecs'));
  if (!codecs) return null;

  return { type: (essence[1] ?? '').toLowerCase(), subtype: (essence[2] ?? '').toLowerCase(), codecs };
}

function readParameters(text: string, start: number): ReadonlyMap<string, string> | null {
  const parameters = new Map<string, string>();
  const pattern = new RegExp(PARAMETER);
  pattern.lastIndex = start;

  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) return null;
    if (match[1] === undefined) continue;

    const name = match[1].toLowerCase();
    const value = match[2]?.replace(/\\(.)/g, '$1') ?? trim(match[3] ?? '');
    if (!KNOWN_PARAMETERS.includes(name) || parameters.has(name) || !VALUE.test(value)) return null;

    parameters.set(name, value);
  }
  return parameters;
}

function readCodecs(list: string | undefined): readonly string[] | null {
  if (list === undefined) return [];

  const codecs = list.split(',').map(trim);
  return codecs.includes('') ? null : codecs;
}

/**
 * HTTP's white space only: what else JavaScript trims is no part of a MIME type. Not by a pattern that ends in `$`, which
 * would try each run of spaces anew from each of its characters.
 */
function trim(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1])) end -= 1;

  return text.slice(0, end).replace(/^[\t\n\r ]+/, '');
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}
