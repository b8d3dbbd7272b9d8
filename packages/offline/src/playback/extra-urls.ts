import type { AnswerIndex } from '../answers/answer-index.js';
import type { ExtraAddresses } from '../plan/extras.js';
import { imagesOfThumbnails } from '../plan/extras.js';
import type { Packs } from '../packs/packs.js';

const NOTHING: ExtraAddresses = Object.freeze({});

interface Kept {
  readonly addresses: ExtraAddresses;
  readonly made: readonly string[];
}

export interface ExtraUrlsTools {
  readonly index: AnswerIndex;
  readonly packs: () => Promise<Packs>;
}

/** Object URLs of posters and thumbnails, for elements that fetch by themselves. */
export class ExtraUrls {
  readonly #tools: ExtraUrlsTools;
  readonly #kept = new Map<string, Kept>();
  readonly #loading = new Map<string, Promise<boolean>>();

  constructor(tools: ExtraUrlsTools) {
    this.#tools = tools;
  }

  /** What was loaded of a pack; nothing before. */
  get(pack: string): ExtraAddresses {
    return this.#kept.get(pack)?.addresses ?? NOTHING;
  }

  /** Reads what is here. Resolves with whether there is more than before. */
  load(pack: string, addresses: ExtraAddresses): Promise<boolean> {
    const loading =
      this.#loading.get(pack) ??
      this.#load(pack, addresses).finally(() => {
        this.#loading.delete(pack);
      });
    this.#loading.set(pack, loading);
    return loading;
  }

  async #load(pack: string, { poster, thumbnails }: ExtraAddresses): Promise<boolean> {
    if (this.#kept.has(pack)) return false;

    const made: string[] = [];
    const posterUrl = poster === undefined ? null : await this.#urlOf(pack, poster, made);
    const thumbnailsUrl = thumbnails === undefined ? null : await this.#indexUrlOf(pack, thumbnails, made);
    if (made.length === 0) return false;

    this.#kept.set(pack, {
      addresses: { poster: posterUrl ?? undefined, thumbnails: thumbnailsUrl ?? undefined },
      made,
    });
    return true;
  }

  /** Lets go of those of all other packs. */
  keepOnly(packs: readonly string[]): void {
    for (const [pack, { made }] of this.#kept) {
      if (packs.includes(pack)) continue;
      for (const url of made) URL.revokeObjectURL(url);
      this.#kept.delete(pack);
    }
  }

  async #urlOf(pack: string, address: string, made: string[]): Promise<string | null> {
    const answer = await this.#read(pack, address);
    if (answer === null) return null;
    const url = URL.createObjectURL(new Blob([answer.data], { type: answer.contentType ?? '' }));
    made.push(url);
    return url;
  }

  /** The index names images by addresses that are relative to it: each becomes an object URL in turn. */
  async #indexUrlOf(pack: string, address: string, made: string[]): Promise<string | null> {
    const answer = await this.#read(pack, address);
    if (answer === null) return null;

    const text = new TextDecoder().decode(answer.data);
    const urls = new Map<string, string>();
    for (const image of imagesOfThumbnails(text, answer.finalUrl)) {
      const url = await this.#urlOf(pack, image, made);
      if (url !== null) urls.set(image, url);
    }
    const lines = text.split(/\r\n?|\n/).map((line, index, all) => {
      if (!all[index - 1]?.includes('-->')) return line;
      const [image = '', part] = line.trim().split('#');
      if (!URL.canParse(image, answer.finalUrl)) return line;
      const url = urls.get(new URL(image, answer.finalUrl).href);
      return url === undefined ? line : `${url}${part === undefined ? '' : `#${part}`}`;
    });
    const url = URL.createObjectURL(new Blob([lines.join('\n')], { type: 'text/vtt' }));
    made.push(url);
    return url;
  }

  async #read(pack: string, address: string) {
    const { index, packs } = this.#tools;
    const row = (await index.find(pack, address)).find(({ isWhole, isDamaged }) => isWhole && !isDamaged);
    const data = row && (await (await packs()).read(pack, row.offset, row.length));
    return row && data ? { data, finalUrl: row.finalUrl, contentType: row.contentType } : null;
  }
}
