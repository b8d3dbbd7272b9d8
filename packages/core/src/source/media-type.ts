/** The two streaming formats that the kit plays. */
export type StreamType = 'dash' | 'hls';

const TYPE_BY_NAME: Readonly<Record<string, StreamType>> = Object.freeze({
  dash: 'dash',
  mpd: 'dash',
  'application/dash+xml': 'dash',
  'video/vnd.mpeg.dash.mpd': 'dash',
  hls: 'hls',
  m3u8: 'hls',
  'application/vnd.apple.mpegurl': 'hls',
  'application/x-mpegurl': 'hls',
  'audio/mpegurl': 'hls',
  'audio/x-mpegurl': 'hls',
});

/** The MIME type of each format, as an engine wants it. */
export const MIME_TYPES = Object.freeze({
  dash: 'application/dash+xml',
  hls: 'application/vnd.apple.mpegurl',
} as const satisfies Record<StreamType, string>);

/** The format that `type`, or else the ending of the path of `src`, names; `null` when neither does. */
export function streamTypeOf(src: string, type?: string): StreamType | null {
  if (type !== undefined) {
    return lookUp((type.split(';', 1)[0] ?? '').trim().toLowerCase());
  }

  const path = src.split(/[?#]/, 1)[0] ?? '';
  const ending = /\.([a-z0-9]+)$/i.exec(path)?.[1];

  return ending === undefined ? null : lookUp(ending.toLowerCase());
}

function lookUp(name: string): StreamType | null {
  return Object.hasOwn(TYPE_BY_NAME, name) ? (TYPE_BY_NAME[name] ?? null) : null;
}
