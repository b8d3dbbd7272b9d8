/** Which of a title's keys protects a stream. A plan that excludes HD is a license without the HD key. */
export type KeyLabel = "AUDIO" | "SD" | "HD";

/** One encoding of the picture; its key frames lie on the segment boundaries. */
export interface MezzanineVideo {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly keyLabel: "SD" | "HD";
}

/** An audio or subtitle file in one language. */
export interface MezzanineTrack {
  readonly file: string;
  /** BCP 47. */
  readonly language: string;
  /** The language's name, in itself. */
  readonly label: string;
}

/** Unprotected sources of one title. File names are relative to `directory`; the first language is the default. */
export interface Mezzanine {
  readonly directory: string;
  readonly durationSeconds: number;
  readonly video: readonly MezzanineVideo[];
  readonly audio: readonly MezzanineTrack[];
  readonly subtitles: readonly MezzanineTrack[];
  readonly poster: string;
  /** A sprite, and the WebVTT index that names its parts by `#xywh=`. */
  readonly thumbnails: { readonly image: string; readonly index: string };
}

/** Every file that `mezzanine` names. */
export function filesOf(mezzanine: Mezzanine): string[] {
  return [
    ...[...mezzanine.video, ...mezzanine.audio, ...mezzanine.subtitles].map(({ file }) => file),
    mezzanine.poster,
    mezzanine.thumbnails.image,
    mezzanine.thumbnails.index,
  ];
}
