/** What a track of media holds, as EME's capabilities tell apart. */
export type MediaKind = 'audio' | 'video';

const CODECS: Readonly<Record<MediaKind, ReadonlySet<string>>> = Object.freeze({
  audio: new Set([
    'mp4a',
    'mp3',
    'aac',
    'opus',
    'Opus',
    'vorbis',
    'flac',
    'fLaC',
    'alac',
    'ac-3',
    'ec-3',
    'ac-4',
    'dtsc',
    'dtse',
    'dtsh',
    'dtsl',
    'dtsx',
    'iamf',
    'mha1',
    'mhm1',
  ]),
  video: new Set([
    'avc1',
    'avc3',
    'hvc1',
    'hev1',
    'dvh1',
    'dvhe',
    'dva1',
    'dvav',
    'vvc1',
    'vvi1',
    'vp8',
    'vp08',
    'vp9',
    'vp09',
    'av01',
    'dav1',
    'mp4v',
    'theora',
  ]),
});

/** Containers that say by themselves what codec is in them, so that a type needs no `codecs`. */
const IMPLIED_CODECS: ReadonlySet<string> = new Set(['audio/mpeg', 'audio/aac', 'audio/flac']);

/** Whether a codec, as RFC 6381 writes it, is audio or video; null for one that is not known here. */
export function codecKind(codec: string): MediaKind | null {
  const name = codec.split('.', 1)[0] ?? '';
  if (CODECS.audio.has(name)) return 'audio';

  return CODECS.video.has(name) ? 'video' : null;
}

/** Whether a container normatively implies its codec. `essence` is a MIME type without parameters, in lower case. */
export function impliesCodecs(essence: string): boolean {
  return IMPLIED_CODECS.has(essence);
}
