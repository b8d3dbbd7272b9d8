import { describe, expect, it } from 'vitest';

import { narrowMultivariantPlaylist } from './narrow-multivariant-playlist.js';
import { readMediaPlaylist } from './read-media-playlist.js';
import { readMultivariantPlaylist } from './read-multivariant-playlist.js';

const URL_OF_PLAYLIST = 'https://cdn.example/film/master.m3u8?v=1';

const MULTIVARIANT = `#EXTM3U
## a comment
#EXT-X-MEDIA:TYPE=AUDIO,URI="en.m3u8",GROUP-ID="audio",LANGUAGE="en",NAME="English, plain"
#EXT-X-MEDIA:TYPE=AUDIO,URI="es.m3u8",GROUP-ID="audio",LANGUAGE="es",NAME="Español"
#EXT-X-MEDIA:TYPE=SUBTITLES,URI="text.m3u8",GROUP-ID="text",LANGUAGE="en",NAME="English"
#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID="cc",NAME="CC",INSTREAM-ID="CC1"

#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="iframes.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=100,CODECS="avc1.4d4015,mp4a.40.2",RESOLUTION=416x234,AUDIO="audio",SUBTITLES="text"
low.m3u8
#EXT-X-STREAM-INF:SUBTITLES="text",BANDWIDTH=300,CODECS="avc1.640028,mp4a.40.2",RESOLUTION=1280x720,AUDIO="audio"
https://other.example/high.m3u8
`;

const media = (...lines: string[]) => ['#EXTM3U', ...lines, '#EXT-X-ENDLIST'].join('\r\n');
const read = (...lines: string[]) => readMediaPlaylist(media(...lines), URL_OF_PLAYLIST);

describe('a multivariant playlist', () => {
  it('offers pictures, sounds and subtitles', () => {
    expect(readMultivariantPlaylist(MULTIVARIANT, URL_OF_PLAYLIST)).toMatchObject([
      { id: 'en.m3u8', kind: 'audio', language: 'en', label: 'English, plain' },
      { id: 'es.m3u8', kind: 'audio', language: 'es' },
      { id: 'text.m3u8', kind: 'text', language: 'en' },
      { kind: 'video', height: 234, bandwidth: 100, playlistUrl: 'https://cdn.example/film/low.m3u8' },
      { kind: 'video', height: 720, bandwidth: 300, playlistUrl: 'https://other.example/high.m3u8' },
    ]);
  });

  it('is narrowed to what was chosen, and names no group that is gone', () => {
    const narrowed = narrowMultivariantPlaylist(
      MULTIVARIANT,
      URL_OF_PLAYLIST,
      new Set(['en.m3u8', 'https://other.example/high.m3u8']),
    );

    expect(narrowed.split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-MEDIA:TYPE=AUDIO,URI="en.m3u8",GROUP-ID="audio",LANGUAGE="en",NAME="English, plain"',
      '#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID="cc",NAME="CC",INSTREAM-ID="CC1"',
      '#EXT-X-STREAM-INF:BANDWIDTH=300,CODECS="avc1.640028,mp4a.40.2",RESOLUTION=1280x720,AUDIO="audio"',
      'https://other.example/high.m3u8',
      '',
    ]);
  });

  it('keeps of a picture with several sounds the line whose sounds are kept', () => {
    const text = `#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,URI="stereo.m3u8",GROUP-ID="stereo",NAME="a"
#EXT-X-MEDIA:TYPE=AUDIO,URI="surround.m3u8",GROUP-ID="surround",NAME="a"
#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="stereo"
v.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=2,AUDIO="surround"
v.m3u8`;
    const narrowed = narrowMultivariantPlaylist(text, URL_OF_PLAYLIST, new Set(['stereo.m3u8', 'v.m3u8']));

    expect(narrowed).toContain('AUDIO="stereo"');
    expect(narrowed).not.toContain('surround');
  });
});

describe('a media playlist', () => {
  it('is made of its init segment, its segments and the keys that are fetched', () => {
    expect(
      read(
        '#EXT-X-MAP:URI="init.mp4"',
        '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://abc",KEYFORMAT="com.apple.streamingkeydelivery"',
        '#EXT-X-KEY:METHOD=AES-128,URI="/keys/1"',
        '#EXTINF:4.011,',
        '1.m4s',
        '#EXT-X-KEY:METHOD=AES-128,URI="/keys/1"',
        '#EXTINF:3,title',
        '2.m4s',
        '#EXT-X-KEY:METHOD=NONE',
      ),
    ).toEqual([
      { kind: 'init', url: 'https://cdn.example/film/init.mp4', range: null, seconds: 0 },
      { kind: 'key', url: 'https://cdn.example/keys/1', range: null, seconds: 0 },
      { kind: 'segment', url: 'https://cdn.example/film/1.m4s', range: null, seconds: 4.011 },
      { kind: 'segment', url: 'https://cdn.example/film/2.m4s', range: null, seconds: 3 },
    ]);
  });

  it('has ranges, which go on where the last one of the file ended', () => {
    expect(
      read(
        '#EXT-X-MAP:URI="f.mp4",BYTERANGE="100@0"',
        '#EXTINF:1,',
        '#EXT-X-BYTERANGE:50@100',
        'f.mp4',
        '#EXTINF:1,',
        '#EXT-X-BYTERANGE:25',
        'f.mp4',
      ).map(({ range }) => range),
    ).toEqual([
      { start: 0, end: 99 },
      { start: 100, end: 149 },
      { start: 150, end: 174 },
    ]);
  });

  it.each([
    ['live', '#EXTM3U\n#EXTINF:1,\n1.ts'],
    ['malformed', 'nothing of the kind'],
    ['malformed', media('#EXTINF:x,', '1.ts')],
    ['malformed', media('#EXT-X-BYTERANGE:0', '1.ts')],
    ['malformed', media('#EXT-X-MAP:BYTERANGE="1@0"')],
    ['malformed', media('#EXT-X-KEY:METHOD')],
    ['unsupported', media('#EXT-X-DEFINE:NAME="a",VALUE="b"')],
  ])('is refused as %s: %s', (fault, text) => {
    expect(() => readMediaPlaylist(text, URL_OF_PLAYLIST)).toThrow(expect.objectContaining({ fault }));
  });
});
