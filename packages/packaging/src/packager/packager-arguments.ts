import { join } from 'node:path';
import { PackagingError } from '../errors/packaging-error.js';
import type { Mezzanine, MezzanineTrack, MezzanineVideo } from '../mezzanine/mezzanine.js';

/** The two runs of Packager: DASH under cenc, and HLS and DASH over one set of cbcs segments. */
export type PackagingFormat = 'cenc' | 'cbcs';

/** Segments are this long; the mezzanine's key frames lie that far apart. */
export const SEGMENT_SECONDS = 4;

/** What each run writes, relative to the title's folder. */
export const MANIFESTS = {
  dash: 'dash/manifest.mpd',
  hls: 'hls/master.m3u8',
  dashCbcs: 'hls/manifest-cbcs.mpd',
} as const;

/** Where a descriptor's fields come from in a mezzanine; of all others only a language is a part. */
const MEMBERS: Readonly<Record<string, string>> = {
  in: '`directory` or `file`',
  drm_label: '`keyLabel`',
  hls_name: '`label`',
  dash_label: '`label`',
};

/** Packager's arguments for one run, without the keys. */
export function packagerArguments(
  format: PackagingFormat,
  mezzanine: Mezzanine,
  videos: readonly MezzanineVideo[],
): string[] {
  const folder = format === 'cenc' ? 'dash' : 'hls';
  const defaultLanguage = mezzanine.audio[0]?.language ?? 'und';
  return [
    ...videos.map((video) => describeVideo(mezzanine, video, folder)),
    ...mezzanine.audio.map((track) => describeAudio(mezzanine, track, folder)),
    ...mezzanine.subtitles.flatMap((track) => describeSubtitles(mezzanine, track, folder)),
    `--protection_scheme=${format}`,
    '--protection_systems=Widevine,PlayReady,FairPlay',
    `--segment_duration=${SEGMENT_SECONDS}`,
    '--clear_lead=0',
    '--generate_static_live_mpd',
    // Its cache of 32 MiB for every open file costs more time than reading and writing does.
    '--io_cache_size=0',
    `--default_language=${defaultLanguage}`,
    // Otherwise the default language's subtitles are marked DEFAULT=YES, and native HLS players show them unasked.
    '--default_text_language=und',
    ...(format === 'cenc'
      ? [`--mpd_output=${MANIFESTS.dash}`]
      : [`--mpd_output=${MANIFESTS.dashCbcs}`, `--hls_master_playlist_output=${MANIFESTS.hls}`]),
  ];
}

/** Packager's descriptor of a rendition, whose files go below `folder`. */
export function describeVideo(mezzanine: Mezzanine, video: MezzanineVideo, folder: string): string {
  const name = `video-${video.height}`;
  return descriptor({
    in: join(mezzanine.directory, video.file),
    stream: 'video',
    ...segments(folder, name),
    drm_label: video.keyLabel,
    playlist_name: `${name}.m3u8`,
  });
}

/** Packager's descriptor of a language's sound, whose files go below `folder`. */
export function describeAudio(mezzanine: Mezzanine, track: MezzanineTrack, folder: string): string {
  const name = `audio-${track.language}`;
  return descriptor({
    in: join(mezzanine.directory, track.file),
    stream: 'audio',
    language: track.language,
    ...segments(folder, name),
    drm_label: 'AUDIO',
    hls_group_id: 'audio',
    hls_name: track.label,
    dash_label: track.label,
    playlist_name: `${name}.m3u8`,
  });
}

/** Subtitles are WebVTT in MP4 for DASH and plain WebVTT for HLS, as each format's players expect. */
function describeSubtitles(mezzanine: Mezzanine, track: MezzanineTrack, folder: string): string[] {
  const name = `text-${track.language}`;
  const source = {
    in: join(mezzanine.directory, track.file),
    stream: 'text',
    language: track.language,
    skip_encryption: '1',
  };
  const dash = descriptor({
    ...source,
    ...segments(folder, name),
    dash_label: track.label,
    dash_only: '1',
  });
  const hls = descriptor({
    ...source,
    segment_template: `${folder}/${name}/$Number$.vtt`,
    hls_group_id: 'text',
    hls_name: track.label,
    hls_only: '1',
    playlist_name: `${name}.m3u8`,
  });
  return folder === 'dash' ? [dash] : [dash, hls];
}

function segments(folder: string, name: string): Record<string, string> {
  return {
    init_segment: `${folder}/${name}/init.mp4`,
    segment_template: `${folder}/${name}/$Number$.m4s`,
  };
}

/** Packager splits descriptors at every comma, and knows no quotes: one in a value would begin a field of its own. */
function descriptor(fields: Readonly<Record<string, string>>): string {
  const entries = Object.entries(fields);
  const [name] = entries.find(([, value]) => value.includes(',')) ?? [];
  if (name !== undefined) {
    throw new PackagingError(
      'invalid-options',
      `The mezzanine's ${MEMBERS[name] ?? '`language`'} must be without a comma: Shaka Packager takes none.`,
    );
  }
  return entries.map((entry) => entry.join('=')).join(',');
}
