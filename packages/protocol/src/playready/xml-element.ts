import { ProtocolError, type ProtocolErrorCode } from '../protocol-error.js';

/** An element of a PlayReady header or message. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly inside, without surrounding white space. */
  readonly text: string;
  /** Everything between the tags, as it was written. */
  readonly innerXml: string;
  /** Where the element begins in the text. */
  readonly offset: number;
}

/**
 * Reads one element and what it holds: all of XML that a PlayReady header may use. The specification
 * demands canonical XML, which has no document type and no CDATA, so every `<!` and `<?` but a comment is
 * refused: there are no entities to declare and none to expand. A full parser would be several times the
 * size of this package, which is shipped to browsers.
 *
 * `field` names the text in errors, whose offsets are positions in it. The text is read once, from left to
 * right, without recursion.
 */
export function readXmlElement(xml: string, field: string): XmlElement {
  return new XmlReader(xml, field).read();
}

/** Writes text as Canonical XML does inside an element. It is not for attributes. */
export function escapeXmlText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;');
}

/** Headers nest 5 deep; the rest is for vendors' custom attributes. */
const MAX_DEPTH = 32;

const NAME = '[A-Za-z_\\u0080-\\uffff][\\w.:\\u0080-\\uffff-]*';
/** XML's own. `\s` also matches characters of a name, and a run of those would take time of a high power of its length. */
const SPACE = '[\\t\\n\\r ]';
const ATTRIBUTE = `(${NAME})${SPACE}*=${SPACE}*(?:"([^"<]*)"|'([^'<]*)')`;
const TOKEN = [
  '(?<comment><!--[^]*?-->)',
  `</(?<close>${NAME})${SPACE}*>`,
  `<(?<open>${NAME})(?<attributes>(?:${SPACE}+${ATTRIBUTE})*)${SPACE}*(?<empty>/?)>`,
  '(?<text>[^<]+)',
].join('|');

const ENTITIES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

interface OpenElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
  readonly offset: number;
  readonly contentStart: number;
}

class XmlReader {
  readonly #xml: string;
  readonly #field: string;
  readonly #open: OpenElement[] = [];
  #root: XmlElement | undefined;

  constructor(xml: string, field: string) {
    this.#xml = xml;
    this.#field = field;
  }

  read(): XmlElement {
    const token = new RegExp(TOKEN, 'y');
    while (token.lastIndex < this.#xml.length) {
      const offset = token.lastIndex;
      const match = token.exec(this.#xml);
      if (match === null) throw this.#notAToken(offset);
      this.#accept(match.groups ?? {}, offset, token.lastIndex);
    }
    if (this.#root === undefined || this.#open.length > 0) {
      throw this.#error('truncated', 'ends before its root element does', this.#xml.length);
    }
    return this.#root;
  }

  #accept(token: Record<string, string | undefined>, offset: number, end: number): void {
    const { text, open, close, attributes = '', empty } = token;
    if (text !== undefined) this.#addText(text, offset);
    if (open !== undefined) this.#openElement(open, this.#attributes(attributes, offset), offset, end);
    if (close !== undefined) this.#closeElement(close, offset);
    if (open !== undefined && empty === '/') this.#closeElement(open, end);
  }

  #addText(text: string, offset: number): void {
    const element = this.#open.at(-1);
    if (element !== undefined) {
      element.text += this.#decode(text, offset);
    } else if (text.trim() !== '') {
      throw this.#error('malformed', 'has text outside its root element', offset);
    }
  }

  #openElement(
    name: string,
    attributes: ReadonlyMap<string, string>,
    offset: number,
    contentStart: number,
  ): void {
    if (this.#root !== undefined) {
      throw this.#error('malformed', 'has a second root element', offset);
    }
    if (this.#open.length === MAX_DEPTH) {
      throw this.#error('malformed', `nests deeper than ${MAX_DEPTH} elements`, offset);
    }
    this.#open.push({ name, attributes, children: [], text: '', offset, contentStart });
  }

  #closeElement(name: string, contentEnd: number): void {
    const element = this.#open.pop();
    if (element === undefined || element.name !== name) {
      throw this.#error('malformed', 'has a closing tag that matches no opening tag', contentEnd);
    }
    const { contentStart, ...rest } = element;
    const closed: XmlElement = {
      ...rest,
      text: element.text.trim(),
      innerXml: this.#xml.slice(contentStart, contentEnd),
    };
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = closed;
    else parent.children.push(closed);
  }

  #attributes(source: string, offset: number): ReadonlyMap<string, string> {
    const attributes = new Map<string, string>();
    for (const [, name = '', double, single = ''] of source.matchAll(new RegExp(ATTRIBUTE, 'g'))) {
      if (attributes.has(name)) {
        throw this.#error('malformed', 'has an attribute twice in one tag', offset);
      }
      attributes.set(name, this.#decode(double ?? single, offset));
    }
    return attributes;
  }

  #decode(text: string, offset: number): string {
    return text.replace(/&([^;]*);?/g, (reference: string, name: string) => {
      const character = reference.endsWith(';') ? characterOf(name) : undefined;
      if (character === undefined) {
        throw this.#error('malformed', 'has an entity that XML does not define', offset);
      }
      return character;
    });
  }

  #notAToken(offset: number): ProtocolError {
    if (/^<[!?](?!--)/.test(this.#xml.slice(offset, offset + 4))) {
      return this.#error(
        'unsupported',
        'has a document type, CDATA section or processing instruction, which are refused',
        offset,
      );
    }
    return this.#xml.includes('>', offset)
      ? this.#error('malformed', 'has a tag that is not XML', offset)
      : this.#error('truncated', 'ends inside a tag', offset);
  }

  #error(code: ProtocolErrorCode, problem: string, offset: number): ProtocolError {
    return new ProtocolError(code, this.#field, problem, offset);
  }
}

function characterOf(entity: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/i.exec(entity) ?? [];
  if (hex === undefined && decimal === undefined) return ENTITIES.get(entity);

  const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return codePoint > 0 && codePoint <= 0x10_ffff ? String.fromCodePoint(codePoint) : undefined;
}
