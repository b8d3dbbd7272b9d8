import { describe, expect, it } from 'vitest';

import type { ManifestError } from '../manifest-error.js';
import { narrowMpd } from './narrow-mpd.js';
import { readMpd } from './read-mpd.js';

const URL_OF_MPD = 'https://cdn.example/film/manifest.mpd?v=1';
const KEY_ID = 'f2ba2f70-3c21-8882-bff6-1998ea483691';

const mpd = (body: string, attributes = 'type="static" mediaPresentationDuration="PT10S"') =>
  `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" xmlns:cenc="urn:mpeg:cenc:2013" ${attributes}>${body}</MPD>`;
const video = (segments: string, attributes = 'id="v" bandwidth="1000" height="720"') =>
  mpd(
    `<Period><AdaptationSet contentType="video" codecs="avc1"><ContentProtection cenc:default_KID="${KEY_ID}"/>` +
      `<Representation ${attributes}>${segments}</Representation></AdaptationSet></Period>`,
  );
const read = (text: string) => readMpd(text, URL_OF_MPD);
const urls = (text: string) => read(text).tracks.flatMap(({ resources }) => resources.map(({ url }) => url));

describe('segments of a template', () => {
  it('are named by number, with leading zeros, and as many as the period takes', () => {
    const text = video(
      '<SegmentTemplate timescale="10" duration="40" startNumber="0" initialization="$RepresentationID$/i.mp4" media="$RepresentationID$/$Number%03d$.m4s"/>',
    );

    expect(urls(text)).toEqual([
      'https://cdn.example/film/v/i.mp4',
      'https://cdn.example/film/v/000.m4s',
      'https://cdn.example/film/v/001.m4s',
      'https://cdn.example/film/v/002.m4s',
    ]);
  });

  it('are named by time, by a timeline that repeats, has gaps, and ends with the period', () => {
    const text = video(
      '<SegmentTemplate timescale="1" presentationTimeOffset="100" media="$Time$.m4s"><SegmentTimeline>' +
        '<S t="100" d="2" r="1"/><S t="105" d="2" r="-1"/></SegmentTimeline></SegmentTemplate>',
    );

    expect(urls(text).map((url) => url.replace('https://cdn.example/film/', ''))).toEqual([
      '100.m4s',
      '102.m4s',
      '105.m4s',
      '107.m4s',
      '109.m4s',
    ]);
  });

  it('end where endNumber says so', () => {
    expect(urls(video('<SegmentTemplate duration="1" endNumber="2" media="$Number$"/>'))).toHaveLength(2);
  });

  it('inherit from the levels above, the nearest first', () => {
    const text = mpd(
      '<BaseURL>a/</BaseURL><Period><BaseURL>b/</BaseURL><SegmentTemplate timescale="1" duration="5" media="far-$Number$"/>' +
        '<AdaptationSet contentType="audio" lang="en"><SegmentTemplate media="near-$Bandwidth$-$Number$"/>' +
        '<Representation id="r" bandwidth="7"><BaseURL>c/</BaseURL></Representation></AdaptationSet></Period>',
    );

    expect(urls(text)).toEqual([
      'https://cdn.example/film/a/b/c/near-7-1',
      'https://cdn.example/film/a/b/c/near-7-2',
    ]);
  });
});

describe('other forms', () => {
  it('a list has ranges', () => {
    const text = video(
      '<SegmentList duration="5"><Initialization range="0-99" sourceURL="f.mp4"/>' +
        '<SegmentURL media="f.mp4" mediaRange="100-199"/><SegmentURL media="f.mp4" mediaRange="200-299"/></SegmentList>',
    );

    expect(read(text).tracks[0]?.resources).toMatchObject([
      { kind: 'init', range: { start: 0, end: 99 }, seconds: 0 },
      { kind: 'segment', range: { start: 100, end: 199 }, seconds: 5 },
      { kind: 'segment', range: { start: 200, end: 299 }, seconds: 5 },
    ]);
  });

  it('with an index of its own it is one file', () => {
    const text = video('<BaseURL>film.mp4</BaseURL><SegmentBase indexRange="800-999"/>');

    expect(read(text).tracks[0]?.resources).toEqual([
      { kind: 'file', url: 'https://cdn.example/film/film.mp4', range: null, seconds: 10 },
    ]);
  });
});

describe('tracks', () => {
  it('have their key ids, and size', () => {
    expect(read(video('<SegmentBase/>')).tracks).toMatchObject([
      { kind: 'video', height: 720, bandwidth: 1000, codecs: 'avc1', keyIds: [KEY_ID.replaceAll('-', '')] },
    ]);
  });

  it('are the same in each period', () => {
    const period = (name: string, start: string) =>
      `<Period ${start}><AdaptationSet contentType="audio" lang="en"><Representation id="${name}" bandwidth="1"><BaseURL>${name}.mp4</BaseURL></Representation></AdaptationSet></Period>`;
    const { tracks, seconds } = read(mpd(period('one', 'start="PT0S"') + period('two', 'start="PT4S"')));

    expect(seconds).toBe(10);
    expect(tracks).toHaveLength(1);
    expect(tracks[0]?.resources.map((resource) => resource.seconds)).toEqual([4, 6]);
  });

  it('that were not chosen are not in the narrowed manifest, and the rest is as it was', () => {
    const set = (lang: string) =>
      `<AdaptationSet contentType="audio" lang="${lang}"><Representation id="${lang}" bandwidth="1"><BaseURL>${lang}.mp4</BaseURL></Representation></AdaptationSet>`;
    const text = mpd(`<Period>${set('en')}${set('es')}</Period>`);
    const [english] = read(text).tracks;
    const narrowed = narrowMpd(text, new Set([english?.id ?? '']));

    expect(read(narrowed).tracks).toEqual([english]);
    expect(narrowed).not.toContain('es.mp4');
  });
});

describe('a manifest is refused', () => {
  const fault = (text: string) => {
    try {
      read(text);
    } catch (error) {
      return (error as ManifestError).fault;
    }
    return null;
  };

  it.each([
    ['live', mpd('<Period/>', 'type="dynamic"')],
    ['malformed', 'not XML'],
    ['malformed', '<MPD'],
    ['malformed', '<HTML/>'],
    ['malformed', '<!DOCTYPE MPD [<!ENTITY a "b">]><MPD/>'],
    ['malformed', mpd('')],
    ['malformed', mpd('<Period/>', '')],
    ['malformed', video('<SegmentTemplate media="$Number$"/>')],
    ['malformed', video('<SegmentTemplate duration="1"/>')],
    ['malformed', video('<SegmentTemplate duration="x" media="$Number$"/>')],
    ['malformed', video('<SegmentTemplate duration="1" media="$Time$$Number$" initialization="$Number$"/>')],
    ['malformed', video('<SegmentList duration="5"><SegmentURL media="f" mediaRange="9-1"/></SegmentList>')],
    ['malformed', video('<BaseURL>https://[</BaseURL>')],
    ['unsupported', video('<SegmentTemplate timescale="1000000" duration="1" media="$Number$"/>')],
    [
      'unsupported',
      video(
        '<SegmentTemplate media="$Time$"><SegmentTimeline><S d="1" r="999999"/></SegmentTimeline></SegmentTemplate>',
      ),
    ],
    ['unsupported', mpd('<Period xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="p.xml"/>')],
  ])('as %s: %s', (expected, text) => {
    expect(fault(text)).toBe(expected);
  });
});
