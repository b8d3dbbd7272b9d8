/** One picture, by its place in a sprite. */
export interface Thumbnail {
  /** Seconds. */
  readonly startTime: number;
  readonly endTime: number;
  /** URL of the sprite. */
  readonly image: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const TIME = String.raw`(?:(\d+):)?(\d\d):(\d\d\.\d{3})`;
const CUE = new RegExp(
  String.raw`${TIME}[ \t]+-->[ \t]+${TIME}[^\n]*\n([^\n#]+)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)`,
  'g',
);

/** Reads a WebVTT index of thumbnails. Cues that name no part of an image are left out. */
export function readThumbnailIndex(text: string, indexUrl: string): Thumbnail[] {
  const cues = text.replace(/\r\n?/g, '\n').matchAll(CUE);

  return Array.from(cues, ([, h1, m1, s1, h2, m2, s2, image = '', x, y, width, height]) => ({
    startTime: toSeconds(h1, m1, s1),
    endTime: toSeconds(h2, m2, s2),
    image: new URL(image, indexUrl).href,
    x: Number(x),
    y: Number(y),
    width: Number(width),
    height: Number(height),
  }));
}

/** The picture of a time; the last one stands for what comes after it. */
export function thumbnailAt(thumbnails: readonly Thumbnail[], seconds: number): Thumbnail | null {
  return thumbnails.find(({ endTime }) => seconds < endTime) ?? thumbnails.at(-1) ?? null;
}

function toSeconds(hours = '0', minutes = '0', seconds = '0'): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
