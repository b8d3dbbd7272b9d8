/** Captions in a file of their own, beside those of the manifest; like the `<track>` of a `<video>`. */
export interface TextTrackSource {
  /** Absolute, or relative to the page. */
  readonly src: string;
  /** BCP 47. */
  readonly srclang: string;
  /** What the menu calls it. @default the name of the language */
  readonly label?: string | undefined;
  /** @default 'subtitles' */
  readonly kind?: 'subtitles' | 'captions' | undefined;
  /** The file's MIME type. @default 'text/vtt' */
  readonly type?: string | undefined;
  /** Whether it is shown from the start, where the viewer's languages have no captions. @default false */
  readonly default?: boolean | undefined;
}

/** What captions are of which nothing else is said. */
export const DEFAULT_KIND = 'subtitles';
