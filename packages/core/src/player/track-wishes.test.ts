import { describe, expect, it } from 'vitest';

import { IDLE_STATE, type MediaTrack, type Quality } from './player-state.js';
import { findQuality, findTrack, wishesOfPage, wishesToKeep } from './track-wishes.js';

const track = (id: string, language: string, rest: Partial<MediaTrack> = {}): MediaTrack => ({
  id,
  language,
  label: null,
  kind: null,
  active: false,
  ...rest,
});
const quality = (id: string, height: number | null): Quality => ({
  id,
  width: null,
  height,
  bandwidth: 1,
  frameRate: null,
  codecs: null,
});

describe('the track that is kept', () => {
  const heard = track('3', 'en', { kind: 'description', label: 'Described', active: true });
  const { audio } = wishesToKeep({ ...IDLE_STATE, audioTracks: [track('1', 'en'), heard] });

  it('is found under another number, by its language, role and label', () => {
    const tracks = [track('7', 'en'), track('8', 'de'), { ...heard, id: '9', active: false }];

    expect(findTrack(tracks, audio)?.id).toBe('9');
  });

  it('is one of its role where the label is another', () => {
    const tracks = [track('7', 'en'), track('8', 'en', { kind: 'description', label: 'AD' })];

    expect(findTrack(tracks, audio)?.id).toBe('8');
  });

  it('is one of its language where nothing else is the same, and none of another', () => {
    expect(findTrack([track('7', 'de'), track('8', 'en')], audio)?.id).toBe('8');
    expect(findTrack([track('7', 'de')], audio)).toBeUndefined();
  });
});

it('no captions stay no captions', () => {
  const { text } = wishesToKeep({ ...IDLE_STATE, textTracks: [track('1', 'en')] });

  expect(findTrack([track('1', 'en')], text)).toBeUndefined();
});

describe('the quality that is kept', () => {
  const qualities = [quality('a', 1080), quality('b', 720), quality('c', null)];
  const keep = (chosenQuality: string | null) =>
    wishesToKeep({ ...IDLE_STATE, qualities, chosenQuality }).quality;

  it('is the same one', () => {
    expect(findQuality(qualities, keep('b'))?.id).toBe('b');
  });

  it('is one of its height where that one is not offered', () => {
    expect(findQuality([quality('x', 1080), quality('y', 720)], keep('b'))?.id).toBe('y');
  });

  it('is none where there is none of its height, or nobody had chosen', () => {
    expect(findQuality([quality('x', 480)], keep('b'))).toBeUndefined();
    expect(findQuality([quality('x', null)], keep('c'))).toBeUndefined();
    expect(findQuality(qualities, keep(null))).toBeUndefined();
  });
});

describe('what a page prefers', () => {
  const english = track('1', 'en');
  const described = track('2', 'en', { kind: 'description' });
  const castilian = track('3', 'es-ES');
  const mexican = track('4', 'es-MX');
  const tracks = [english, described, castilian, mexican];
  const audio = (preferences: Parameters<typeof wishesOfPage>[0]) =>
    findTrack(tracks, wishesOfPage(preferences, []).audio)?.id;
  const text = (...preferences: Parameters<typeof wishesOfPage>) =>
    findTrack(tracks, wishesOfPage(...preferences).text)?.id;

  it('is the first language that there is', () => {
    expect(audio({ languages: { audio: ['de', 'en'] } })).toBe('1');
    expect(audio({ languages: { audio: ['de'] } })).toBeUndefined();
  });

  it('is the very language where there is one, and otherwise one of another region', () => {
    expect(audio({ languages: { audio: ['es-MX'] } })).toBe('4');
    expect(audio({ languages: { audio: ['es-AR'] } })).toBe('3');
    expect(audio({ languages: { audio: ['ES'] } })).toBe('3');
  });

  it('is a kind within a language, which counts for more', () => {
    const preferred = { audio: { kind: 'description' } };

    expect(audio({ languages: { audio: ['en'] }, preferred })).toBe('2');
    expect(audio({ languages: { audio: ['es', 'en'] }, preferred })).toBe('3');
    expect(audio({ preferred })).toBe('2');
  });

  it('has captions for a language of the captions, or for a file that says so, and else none', () => {
    const preferred = { text: { kind: 'description' } };
    const files = [{ src: '/es.vtt', srclang: 'es-MX', default: true }];
    const spanish = track('5', 'es-MX', { kind: 'subtitles' });

    expect(text({ languages: { text: ['en'] }, preferred }, files)).toBe('2');
    expect(text({ languages: { audio: ['en'] }, preferred }, [])).toBeUndefined();
    expect(findTrack([...tracks, spanish], wishesOfPage({}, files).text)?.id).toBe('5');
  });
});
