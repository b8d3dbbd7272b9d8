import { PlaybackError } from '@secure-player/core';
import { describe, expect, it } from 'vitest';

import { incomingAnswer } from '../testing/incoming-answer.js';
import type { DownloadPreferences } from '../downloads/downloads.js';
import { planTitle } from './plan-title.js';

const FOLDER = 'https://cdn.example/film/';

/** Plans what is on a server that has these files. */
async function plan(files: Record<string, string>, preferences: DownloadPreferences = {}) {
  const [name = ''] = Object.keys(files);
  const asked: string[] = [];
  const planned = await planTitle({ src: FOLDER + name }, preferences, async (url) => {
    asked.push(url.replace(FOLDER, ''));
    const text = files[url.replace(FOLDER, '')];
    if (text === undefined) throw new Error('No such file.');
    return incomingAnswer(url, new TextEncoder().encode(text));
  });
  const list = planned.resources.map(({ kind, url, range }) =>
    [kind, url.replace(FOLDER, ''), ...(range ? [`${range.start}-${range.end}`] : [])].join(' '),
  );
  return { ...planned, list, asked };
}

const mpd = (body: string, attributes = 'type="static" mediaPresentationDuration="PT8S"') =>
  `<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" ${attributes}><Period>${body}</Period></MPD>`;
const set = (kind: string, body: string, more = '') =>
  `<AdaptationSet contentType="${kind}" ${more}><Representation id="${kind}" bandwidth="8000">${body}</Representation></AdaptationSet>`;

describe('DASH', () => {
  it('is fetched init segments first, then in the order of playback', async () => {
    const template =
      '<SegmentTemplate duration="4" initialization="$RepresentationID$-i" media="$RepresentationID$-$Number$"/>';
    const { list, manifest, answers } = await plan({
      'a.mpd': mpd(set('video', template) + set('audio', template)),
    });
    expect(list).toEqual([
      'init video-i',
      'init audio-i',
      'segment video-1',
      'segment audio-1',
      'segment video-2',
      'segment audio-2',
    ]);
    expect(manifest).toMatchObject({ type: 'dash', url: `${FOLDER}a.mpd` });
    expect(answers).toHaveLength(1);
  });

  it('may have a timeline, a list, or one file', async () => {
    const timeline =
      '<SegmentTemplate media="t-$Time$"><SegmentTimeline><S t="0" d="3"/><S d="5"/></SegmentTimeline></SegmentTemplate>';
    const segments =
      '<SegmentList duration="4"><Initialization range="0-99"/><SegmentURL mediaRange="100-199"/><SegmentURL mediaRange="200-299"/></SegmentList>';
    const { list, resources } = await plan({
      'a.mpd': mpd(
        set('video', timeline) +
          set('audio', `<BaseURL>list.mp4</BaseURL>${segments}`) +
          set('text', '<BaseURL>subs.vtt</BaseURL>'),
      ),
    });
    expect(list).toEqual([
      'init list.mp4 0-99',
      'segment t-0',
      'segment list.mp4 100-199',
      'file subs.vtt',
      'segment t-3',
      'segment list.mp4 200-299',
    ]);
    expect(resources.map(({ expectedBytes }) => expectedBytes)).toEqual([100, 3000, 100, 8000, 5000, 100]);
  });

  it('leaves out what was not chosen, in the list and in the manifest', async () => {
    const { chosen, offered, manifest, list } = await plan({
      'a.mpd': mpd(
        '<AdaptationSet contentType="video"><Representation id="hd" height="1080" bandwidth="9"><BaseURL>hd</BaseURL></Representation>' +
          '<Representation id="sd" height="480" bandwidth="5"><BaseURL>sd</BaseURL></Representation></AdaptationSet>',
      ),
    });
    expect([offered.length, chosen.length, list]).toEqual([2, 1, ['file sd']]);
    expect(manifest.text).not.toContain('"hd"');
  });
});

describe('HLS', () => {
  const media = (body: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:4\n${body}\n#EXT-X-ENDLIST\n`;

  it('is fetched by the playlists of the chosen tracks alone', async () => {
    const { list, asked, manifest, answers } = await plan({
      'a.m3u8':
        '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="en",LANGUAGE="en",URI="en.m3u8"\n' +
        '#EXT-X-STREAM-INF:BANDWIDTH=9000,RESOLUTION=1920x1080,AUDIO="a"\nhd.m3u8\n' +
        '#EXT-X-STREAM-INF:BANDWIDTH=5000,RESOLUTION=640x360,AUDIO="a"\nsd.m3u8\n',
      'sd.m3u8': media(
        '#EXT-X-MAP:URI="sd.mp4",BYTERANGE="100@0"\n#EXT-X-BYTERANGE:50@100\n#EXTINF:4,\nsd.mp4\n#EXT-X-BYTERANGE:60\n#EXTINF:4,\nsd.mp4',
      ),
      'en.m3u8': media('#EXTINF:4,\nen-1.aac\n#EXTINF:4,\nen-2.aac'),
    });
    expect(asked).toEqual(['a.m3u8', 'sd.m3u8', 'en.m3u8']);
    expect(answers).toHaveLength(3);
    expect(list).toEqual([
      'init sd.mp4 0-99',
      'segment sd.mp4 100-149',
      'segment en-1.aac',
      'segment sd.mp4 150-209',
      'segment en-2.aac',
    ]);
    expect(manifest.text).not.toContain('hd.m3u8');
  });

  it('of AES-128 leaves its keys to the license', async () => {
    const { list, keyUrls } = await plan({
      'a.m3u8': media(
        '#EXT-X-KEY:METHOD=AES-128,URI="key-1"\n#EXTINF:4,\n1.ts\n#EXT-X-KEY:METHOD=AES-128,URI="key-2"\n#EXTINF:4,\n2.ts\n' +
          '#EXT-X-KEY:METHOD=AES-128,URI="key-1"\n#EXTINF:4,\n3.ts',
      ),
    });
    expect(list).toEqual(['segment 1.ts', 'segment 2.ts', 'segment 3.ts']);
    expect(keyUrls).toEqual([`${FOLDER}key-1`, `${FOLDER}key-2`]);
  });
});

describe('what cannot be downloaded', () => {
  const live = '#EXTM3U\n#EXTINF:4,\n1.ts\n';
  it.each([
    ['download-unsupported', 'live DASH', { 'a.mpd': mpd('', 'type="dynamic"') }, {}],
    ['download-unsupported', 'live HLS', { 'a.m3u8': live }, {}],
    ['manifest-invalid', 'no manifest', { 'a.mpd': '<html>https://secret.example/</html>' }, {}],
    ['manifest-invalid', 'half a manifest', { 'a.mpd': '<MPD><Period' }, {}],
    ['manifest-invalid', 'no playlist', { 'a.m3u8': 'https://secret.example/' }, {}],
    [
      'manifest-unsupported',
      'variables',
      { 'a.m3u8': '#EXTM3U\n#EXT-X-DEFINE:NAME="a",VALUE="b"\n#EXT-X-ENDLIST' },
      {},
    ],
    [
      'download-unsupported',
      'nothing chosen',
      { 'a.mpd': mpd(set('video', '<BaseURL>v</BaseURL>')) },
      { trackIds: ['none'] },
    ],
  ])('is %s: %s', async (code, _, files: Record<string, string>, preferences: DownloadPreferences) => {
    const error: unknown = await plan(files, preferences).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(PlaybackError);
    expect(error).toMatchObject({ code });
    expect(JSON.stringify(error)).not.toMatch(/https?:|secret|cdn\.example/);
  });
});
