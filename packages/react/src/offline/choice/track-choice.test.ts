import type { DownloadTrack } from '@secure-player/offline';
import { describe, expect, it } from 'vitest';

import { offerOf } from '../../testing/fake-downloads.js';
import { chosenTrackIds, presetChoice, toggled, trackOptions } from './track-choice.js';

const track = (
  id: string,
  kind: DownloadTrack['kind'],
  facts: Partial<DownloadTrack> = {},
): DownloadTrack => ({
  id,
  kind,
  language: null,
  label: null,
  codecs: null,
  width: null,
  height: null,
  bandwidth: null,
  ...facts,
});

const ids = (tracks: readonly DownloadTrack[]) => tracks.map(({ id }) => id);
const preset = (offer = offerOf()) => presetChoice(trackOptions(offer), offer);

describe('the options', () => {
  it('are the pictures from the tallest on, the languages and the subtitles', () => {
    const { pictures, sounds, subtitles } = trackOptions(
      offerOf([...offerOf().tracks].sort((one, other) => one.id.localeCompare(other.id))),
    );

    expect(ids(pictures)).toEqual(['v1080', 'v720', 'v540', 'v360']);
    expect(ids(sounds).sort()).toEqual(['a-English (audio description)', 'a-ar', 'a-en']);
    expect(ids(subtitles).sort()).toEqual(['t-ar', 't-en']);
  });

  it('have one of what looks or sounds the same: the one that is chosen already, else the best', () => {
    const tracks = [
      track('low', 'video', { height: 720, bandwidth: 1 }),
      track('high', 'video', { height: 720, bandwidth: 2 }),
      track('stereo', 'audio', { language: 'en', bandwidth: 1 }),
      track('surround', 'audio', { language: 'en', bandwidth: 2 }),
    ];

    expect(trackOptions(offerOf(tracks, []))).toMatchObject({
      pictures: [{ id: 'high' }],
      sounds: [{ id: 'surround' }],
    });
    expect(trackOptions(offerOf(tracks, ['low', 'stereo']))).toMatchObject({
      pictures: [{ id: 'low' }],
      sounds: [{ id: 'stereo' }],
    });
  });

  it('tell pictures without a height apart', () => {
    const tracks = [track('a', 'video'), track('b', 'video')];

    expect(ids(trackOptions(offerOf(tracks, [])).pictures)).toEqual(['a', 'b']);
  });
});

describe('the choice', () => {
  it('begins with what the page prefers', () => {
    expect(preset()).toEqual({ picture: 'v720', sounds: ['a-en'], subtitles: ['t-en', 't-ar'] });
  });

  it('always has a picture and a sound, where there are any', () => {
    expect(preset(offerOf(undefined, []))).toEqual({ picture: 'v1080', sounds: ['a-en'], subtitles: [] });
    expect(preset(offerOf([], []))).toEqual({ picture: null, sounds: [], subtitles: [] });
  });

  it('brings along what nobody chooses, as the page prefers it', () => {
    const choice = { picture: 'v360', sounds: ['a-ar'], subtitles: [] };

    expect(chosenTrackIds(choice, offerOf())).toEqual(['v360', 'a-ar', 'thumbnails']);
    expect(chosenTrackIds(choice, offerOf(undefined, ['v720']))).toEqual(['v360', 'a-ar']);
    expect(chosenTrackIds({ ...choice, picture: null }, offerOf(undefined, []))).toEqual(['a-ar']);
  });

  it('has one more, or one less', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });
});
