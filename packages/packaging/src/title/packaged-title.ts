import type { KeyId } from '@secure-player/protocol';
import type { KeyLabel } from '../mezzanine/mezzanine.js';

/** A manifest of a packaged title. `dash-cbcs` describes the segments of `hls`. */
export type PackagedStream =
  | { readonly format: 'dash'; readonly type: 'dash'; readonly path: string }
  | { readonly format: 'dash-cbcs'; readonly type: 'dash'; readonly path: string }
  | { readonly format: 'hls'; readonly type: 'hls'; readonly path: string };

/** What `title.json` holds. All of it is public; all paths are relative to the title's folder, with slashes. */
export interface TitleDocument {
  readonly id: string;
  readonly durationSeconds: number;
  readonly keyIds: { readonly AUDIO: KeyId; readonly SD: KeyId; readonly HD?: KeyId | undefined };
  readonly streams: readonly PackagedStream[];
  readonly poster: string;
  /** A WebVTT index of thumbnails, by `#xywh=` into a sprite beside it. */
  readonly thumbnails: string;
  readonly renditions: readonly {
    readonly width: number;
    readonly height: number;
    readonly keyLabel: Exclude<KeyLabel, 'AUDIO'>;
  }[];
  readonly audio: readonly { readonly language: string; readonly label: string }[];
  /** Whole WebVTT files; the manifests have them too, in segments. */
  readonly subtitles: readonly {
    readonly language: string;
    readonly label: string;
    readonly path: string;
  }[];
}

/** A title that is ready to be served: every file in `directory` may be public. */
export interface PackagedTitle extends TitleDocument {
  /** Absolute path of the title's folder. */
  readonly directory: string;
}
