import type { KeyId } from '@secure-player/protocol';

/** Bytes of a file, both ends included, as HTTP counts them (RFC 9110 section 14.1.2). */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** One answer of the server that belongs to a title. */
export interface Resource {
  /** Absolute. */
  readonly url: string;
  /** `null` for the whole file. */
  readonly range: ByteRange | null;
  /** Of how long a part of the film it is the data; 0 for what has no place on the timeline, such as an init segment. */
  readonly seconds: number;
  /** What it is to the one who downloads: `file` is of unknown length and fetched in parts. */
  readonly kind: 'init' | 'segment' | 'file' | 'key' | 'playlist';
}

/** What a viewer can choose: a rendition of the picture, a language, subtitles. */
export interface MediaTrack {
  /** Stable for as long as the manifest describes the same renditions; the same in each period. */
  readonly id: string;
  readonly kind: 'video' | 'audio' | 'text' | 'image';
  /** BCP 47, or `null` where the manifest says nothing. */
  readonly language: string | null;
  readonly label: string | null;
  readonly codecs: string | null;
  /** Pixels; `null` for what is no picture. */
  readonly width: number | null;
  readonly height: number | null;
  /** Bits per second at most, as the manifest claims; an estimate of the size is made of it. */
  readonly bandwidth: number | null;
  readonly keyIds: readonly KeyId[];
  /** In the order of playback, init segments first. */
  readonly resources: readonly Resource[];
}

/** A title, read for a download. */
export interface DownloadableManifest {
  readonly type: 'dash' | 'hls';
  readonly seconds: number;
  readonly tracks: readonly MediaTrack[];
}
