import { describe, expect, it } from 'vitest';

import { IDLE_STATE, type MediaTrack, type Quality } from './player-state.js';
import { findQuality, findTrack, wishesToKeep } from './track-wishes.js';

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
