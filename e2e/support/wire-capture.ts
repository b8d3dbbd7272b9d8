import { keyIdToGuid } from '@secure-player/protocol';
import type { Page, Request } from '@playwright/test';

/** Something that went over the wire. */
export interface WireBody {
  /** Method, path and direction. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** What can hold no key in a readable form is left out: the media, which are encrypted, and the code of the page. */
const LEFT_OUT = /\.(?:m4s|mp4|js|css|jpg)$/;

/** The name of what the license server has sent. */
export const LICENSE_AS_SENT = 'a license, as it was sent';

/** Keeps every body that a page sends and gets, apart from media and code. */
export class WireCapture {
  readonly #bodies: Promise<WireBody[]>[] = [];
  readonly #licenses: readonly string[];

  /** @param licenses what the server says that it has sent: a browser does not keep every body for whoever looks on. */
  constructor(page: Page, licenses: readonly string[]) {
    this.#licenses = licenses;
    page.on('request', (request) => {
      if (!LEFT_OUT.test(new URL(request.url()).pathname)) this.#bodies.push(read(request));
    });
  }

  /** Everything so far; waits for what is on its way. */
  async bodies(): Promise<WireBody[]> {
    const sent = this.#licenses.map((text) => ({ name: LICENSE_AS_SENT, bytes: Buffer.from(text) }));

    return [...(await Promise.all(this.#bodies)).flat(), ...sent];
  }

  /** The bodies in which a key can be read, by their names. */
  async findKey(key: Uint8Array): Promise<string[]> {
    const spellings = spellingsOf(key);
    const isIn = ({ bytes }: WireBody) =>
      unfold(bytes).some((layer) => spellings.some((spelling) => layer.includes(spelling)));

    return (await this.bodies()).filter(isIn).map(({ name }) => name);
  }
}

async function read(request: Request): Promise<WireBody[]> {
  const { pathname } = new URL(request.url());
  const sent = request.postDataBuffer();
  const response = await request.response().catch(() => null);
  const received = await response?.body().catch(() => null);

  return [
    { name: `${request.method()} ${pathname}, address`, bytes: Buffer.from(request.url()) },
    ...(sent ? [{ name: `${request.method()} ${pathname}, request`, bytes: sent }] : []),
    ...(received ? [{ name: `${request.method()} ${pathname}, response`, bytes: received }] : []),
  ];
}

/** Bytes, and what they hold in base64: PlayReady has that twice, one within the other. */
function unfold(bytes: Buffer, depth = 3): Buffer[] {
  if (depth === 0) return [bytes];

  const runs = bytes.toString('latin1').match(/[\w+/-]{32,}={0,2}/g) ?? [];
  return [bytes, ...runs.flatMap((run) => unfold(Buffer.from(run, 'base64'), depth - 1))];
}

/** A key amid other bytes has one of three shapes in base64; the characters that it shares with them are cut off. */
function spellingsOf(key: Uint8Array): Buffer[] {
  const hex = Buffer.from(key).toString('hex');
  const guid = keyIdToGuid(hex);
  const base64 = [0, 1, 2].map((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), key]).toString('base64');
    return shifted.replaceAll('=', '').slice(Math.ceil((shift * 8) / 6), -1);
  });
  const texts = [
    ...[hex, guid].flatMap((text) => [text, text.toUpperCase()]),
    ...base64.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
    [...key].join(','),
  ];

  return [Buffer.from(key), ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])];
}
