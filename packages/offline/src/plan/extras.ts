import { fetchAnswer, type Network } from '../transfer/fetch-answer.js';
import type { IncomingAnswer, PackLog } from '../packs/pack-log.js';

/** What a title has beside the film. Absolute addresses. */
export interface ExtraAddresses {
  readonly poster?: string | undefined;
  readonly thumbnails?: string | undefined;
}

export interface ExtrasOptions {
  readonly addresses: ExtraAddresses;
  /** Addresses of what is here already. */
  readonly isHere: (url: string) => boolean;
  /** Reads what is here; `null` where it cannot be read. */
  readonly readKept: (url: string) => Promise<IncomingAnswer | null>;
  readonly log: PackLog;
  readonly network: Network;
}

/** A title may have many thumbnails, on few images. */
const MAX_IMAGES = 200;

/** Fetches poster and thumbnails. A film without them is still a film: what cannot be had is left out. */
export async function fetchExtras(options: ExtrasOptions, signal: AbortSignal): Promise<void> {
  const { poster, thumbnails } = options.addresses;
  await Promise.all([
    poster !== undefined && keep(poster, options, signal),
    thumbnails !== undefined && keepThumbnails(thumbnails, options, signal),
  ]);
}

/** The images that an index of thumbnails (WebVTT) leads to. */
export function imagesOfThumbnails(text: string, indexUrl: string): string[] {
  const lines = text.split(/\r\n?|\n/);
  const images = lines.flatMap((line, index) => {
    if (!lines[index - 1]?.includes('-->')) return [];
    const [address = ''] = line.trim().split('#');
    return URL.canParse(address, indexUrl) ? [new URL(address, indexUrl).href] : [];
  });
  return [...new Set(images)].slice(0, MAX_IMAGES);
}

async function keepThumbnails(url: string, options: ExtrasOptions, signal: AbortSignal): Promise<void> {
  // The images of an index that is here may not have come any more.
  const index = options.isHere(url) ? await options.readKept(url) : await keep(url, options, signal);
  if (index === null) return;

  const images = imagesOfThumbnails(new TextDecoder().decode(index.data), index.finalUrl);
  for (const image of images.filter((address) => !options.isHere(address))) {
    // Where one cannot be had the others are not waited for: the film is.
    if ((await keep(image, options, signal)) === null) return;
  }
}

/** `null` for what is here, and for what cannot be had. */
async function keep(url: string, { isHere, log, network }: ExtrasOptions, signal: AbortSignal) {
  if (isHere(url)) return null;

  const answer = await fetchAnswer({ url, range: null, purpose: 'segment' }, network, signal).catch(
    () => null,
  );
  signal.throwIfAborted();
  if (answer) await log.add(answer);
  return answer;
}
