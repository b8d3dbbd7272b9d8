/** One picture of a sprite, by its place in it. */
export interface Thumbnail {
  /** Seconds. */
  readonly startTime: number;
  /** URL of the sprite. */
  readonly image: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const CUE = /(?:(\d+):)?(\d\d):(\d\d\.\d{3})[ \t]+-->[^\n]*\n([^\n#]+)#xywh=(\d+),(\d+),(\d+),(\d+)/g;

/** Reads a WebVTT index of thumbnails; cues that name no part of an image are left out. */
export function readThumbnailIndex(text: string, indexUrl: string): Thumbnail[] {
  const cues = text.replaceAll('\r\n', '\n').matchAll(CUE);

  return Array.from(cues, ([, hours, minutes, seconds, image = '', x, y, width, height]) => ({
    startTime: Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds),
    image: new URL(image, indexUrl).href,
    x: Number(x),
    y: Number(y),
    width: Number(width),
    height: Number(height),
  }));
}
