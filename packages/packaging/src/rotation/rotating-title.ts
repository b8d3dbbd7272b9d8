import type { KeyId } from '@secure-player/protocol';
import type { KeyLabel } from '../mezzanine/mezzanine.js';
import type { PackagingFormat } from '../packager/packager-arguments.js';

/** One stream of a title whose keys rotate. Its files are `init.mp4` and `1.m4s`, `2.m4s`, … in `path`. */
export interface RotatingStream {
  readonly kind: 'video' | 'audio';
  readonly label: KeyLabel;
  /** The folder of its files, relative to the title's, with slashes. */
  readonly path: string;
  /** Of video alone. */
  readonly height?: number | undefined;
  /** Of audio alone, in BCP 47. */
  readonly language?: string | undefined;
  /** RFC 6381, for `SourceBuffer` and `MediaKeySystemMediaCapability`. */
  readonly contentType: string;
  /** The leaf key of each segment, in order; the key itself is embedded in the segment. */
  readonly keyIds: readonly KeyId[];
}

/** What `title.json` holds of a title whose keys rotate. All of it is public. */
export interface RotatingTitleDocument {
  readonly id: string;
  readonly durationSeconds: number;
  readonly scheme: PackagingFormat;
  /** The DASH manifest, which names the root key alone. */
  readonly path: string;
  /** What init segments call their key, and what embedded keys are wrapped under. */
  readonly rootKeyId: KeyId;
  readonly streams: readonly RotatingStream[];
}

/** A title whose keys rotate, ready to be served: every file in `directory` may be public. */
export interface RotatingTitle extends RotatingTitleDocument {
  /** Absolute path of the title's folder. */
  readonly directory: string;
}
