import { describe, expect, it } from 'vitest';

import type { DownloadPreferences } from '../downloads/downloads.js';
import { chooseTracks, type Choosable } from './choose-tracks.js';

const track = (id: string, facts: Partial<Choosable>): Choosable => ({
  id,
  kind: 'video',
  language: null,
  label: null,
  codecs: null,
  width: null,
  height: null,
  bandwidth: null,
  keyIds: [],
  ...facts,
});
const TRACKS = [
  track('1080', { height: 1080, bandwidth: 9 }),
  track('720-low', { height: 720, bandwidth: 4 }),
  track('720', { height: 720, bandwidth: 5 }),
  track('360', { height: 360, bandwidth: 2 }),
  track('en', { kind: 'audio', language: 'en-GB', bandwidth: 1 }),
  track('en-best', { kind: 'audio', language: 'en-GB', bandwidth: 3 }),
  track('de', { kind: 'audio', language: 'de' }),
  track('sub-en', { kind: 'text', language: 'en' }),
  track('sub-de', { kind: 'text', language: 'de-AT' }),
  track('tiles', { kind: 'image' }),
  track('more-tiles', { kind: 'image' }),
];
const choose = (preferences: DownloadPreferences, tracks = TRACKS) =>
  chooseTracks(tracks, preferences).map(({ id }) => id);

describe('tracks', () => {
  it('are one picture up to 720, the first language at its best, all subtitles, one set of images', () => {
    expect(choose({})).toEqual(['720', 'en-best', 'sub-en', 'sub-de', 'tiles']);
  });

  it('have the best picture up to a height, or the smallest where all are larger', () => {
    expect(choose({ maxHeight: 2000 })[0]).toBe('1080');
    expect(choose({ maxHeight: 719 })[0]).toBe('360');
    expect(choose({ maxHeight: 100 })[0]).toBe('360');
  });

  it('have the languages that are wanted, each once, and the first where none is there', () => {
    expect(choose({ languages: ['de', 'en', 'EN-gb'], textLanguages: ['de'] })).toEqual([
      '720',
      'de',
      'en-best',
      'sub-de',
      'tiles',
    ]);
    expect(choose({ languages: ['fr'], textLanguages: [] })).toEqual(['720', 'en-best', 'tiles']);
    expect(choose({ languages: ['e'] })).toContain('en-best');
  });

  it('are exactly those that are named', () => {
    expect(choose({ trackIds: ['360', 'de', 'none'], maxHeight: 1080 })).toEqual(['360', 'de']);
  });

  it('may be without language, height and bit rate', () => {
    expect(choose({ languages: ['en'] }, [track('v', {}), track('a', { kind: 'audio' })])).toEqual([
      'v',
      'a',
    ]);
    expect(choose({}, [])).toEqual([]);
  });
});
