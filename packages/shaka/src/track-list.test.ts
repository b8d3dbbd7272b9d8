import { describe, expect, it } from 'vitest';

import {
  createAudioTrack,
  createFakeShakaPlayer,
  createTextTrack,
  createTrack,
  type FakeTitle,
} from './testing/fake-shaka-player.js';
import type { KeyLimit } from './key-guard.js';
import type { ShakaAudioTrack, ShakaTextTrack } from './shaka-namespace.js';
import { TrackList } from './track-list.js';

function setup(initial: Partial<FakeTitle> = {}) {
  const { player, title } = createFakeShakaPlayer(initial);
  return { player, title, list: new TrackList(player) };
}

const limit = (known: Partial<KeyLimit>): KeyLimit => ({
  minHeight: 0,
  maxHeight: Number.POSITIVE_INFINITY,
  reason: null,
  reasons: new Map(),
  ...known,
});

const LADDER = [
  createTrack(360),
  createTrack(360, { language: 'de', audioId: 2 }),
  createTrack(720, { active: true }),
  createTrack(720, { language: 'de', audioId: 2 }),
];

describe('qualities', () => {
  it('are one per rendition, best first, without those that are sound alone', () => {
    const { list } = setup({ tracks: [createTrack(0, { height: null, width: null }), ...LADDER] });

    expect(list.qualities().map(({ height, codecs }) => [height, codecs])).toEqual([
      [720, 'avc1.64001f'],
      [360, 'avc1.64001f'],
    ]);
  });

  it('of one height are told apart by their bandwidth, the best first', () => {
    const { list } = setup({
      tracks: [createTrack(720, { bandwidth: 1, videoBandwidth: 1 }), createTrack(720)],
    });

    expect(list.qualities().map(({ bandwidth }) => bandwidth)).toEqual([720_128, 1]);
  });

  it('keep their identity', () => {
    const { list } = setup({ tracks: LADDER });

    expect(list.qualities()[0]).toBe(list.qualities()[0]);
  });

  it('that Shaka leaves out for their keys stay, with the reason, until they are back', () => {
    const { list, title } = setup({ tracks: LADDER });
    const reasons = () => list.qualities().map(({ height, unusableReason }) => [height, unusableReason]);

    const lose = list.beforeKeyFilter();
    title.tracks = LADDER.filter(({ height }) => height === 360);
    lose('output-restricted');
    expect(reasons()).toEqual([
      [720, 'output-restricted'],
      [360, undefined],
    ]);

    const regain = list.beforeKeyFilter();
    title.tracks = LADDER;
    regain('key-missing');
    expect(reasons()).toEqual([
      [720, undefined],
      [360, undefined],
    ]);
  });

  it('that Shaka leaves out for a while for dropped frames stay usable', () => {
    const { list, title } = setup({ tracks: LADDER });
    list.qualities();
    title.tracks = LADDER.filter(({ height }) => height === 360);

    expect(list.qualities().map(({ unusableReason }) => unusableReason)).toEqual([undefined, undefined]);
  });

  it('above a height without keys are marked', () => {
    const { list } = setup({ tracks: LADDER });
    list.qualities();
    list.markLimit(limit({ maxHeight: 719, reason: 'key-missing' }));

    expect(list.qualities().map(({ unusableReason }) => unusableReason)).toEqual(['key-missing', undefined]);
  });

  it('are usable again when the limit is gone, and Shaka lists them', () => {
    const { list, title } = setup({ tracks: LADDER });
    list.qualities();
    list.markLimit(limit({ maxHeight: 359, reason: 'key-expired' }));
    title.tracks = LADDER.filter(({ height }) => height === 720);
    list.markLimit(limit({}));

    expect(list.qualities().map(({ unusableReason }) => unusableReason)).toEqual([undefined, 'key-expired']);
  });
});

describe('the quality on screen', () => {
  it.each([
    [360, 360],
    [720, 720],
    [0, 720],
    [999, 720],
  ])('for a picture of %i lines is %i', (height, expected) => {
    expect(setup({ tracks: LADDER }).list.current(height)?.height).toBe(expected);
  });

  it('is the same object as in the list', () => {
    const { list } = setup({ tracks: LADDER });
    const [best] = list.qualities();

    expect(list.current(720)).toBe(best);
  });

  it('is null before there is any, and for sound alone', () => {
    expect(setup().list.current(720)).toBeNull();
    expect(setup({ tracks: [createTrack(0, { height: null, active: true })] }).list.current(0)).toBeNull();
  });
});

describe('choosing a quality', () => {
  it('keeps the sound, where a language has several', () => {
    const described = { audioId: 5, language: 'en' };
    const { list, player } = setup({
      tracks: [
        createTrack(360),
        createTrack(360, described),
        createTrack(720, { ...described, active: true }),
      ],
    });
    list.selectQuality(list.qualities()[1]?.id ?? null);

    expect(player.selectVariantTrack).toHaveBeenCalledWith(
      expect.objectContaining({ height: 360, audioId: 5 }),
      true,
    );
  });

  it('stops adapting and keeps the language', () => {
    const tracks = LADDER.map((track) => ({
      ...track,
      active: track.height === 720 && track.language === 'de',
    }));
    const { list, player } = setup({ tracks });
    list.selectQuality(list.qualities()[1]?.id ?? '');

    expect(player.configure).toHaveBeenCalledExactlyOnceWith({ abr: { enabled: false } });
    expect(player.selectVariantTrack).toHaveBeenCalledExactlyOnceWith(tracks[1], true);
  });

  it('null adapts again', () => {
    const { list, player } = setup({ tracks: LADDER });
    list.selectQuality(null);

    expect(player.configure).toHaveBeenCalledExactlyOnceWith({ abr: { enabled: true } });
    expect(player.selectVariantTrack).not.toHaveBeenCalled();
  });

  it('that cannot be had changes nothing', () => {
    const { list, player } = setup({ tracks: LADDER });
    list.selectQuality('4096x2160@1');

    expect(player.configure).not.toHaveBeenCalled();
    expect(player.selectVariantTrack).not.toHaveBeenCalled();
  });
});

describe('a rendition that Shaka has set aside for dropped frames', () => {
  const setUp = () => {
    const made = setup({ tracks: LADDER });
    made.list.qualities();
    made.title.tracks = LADDER.filter(({ height }) => height === 360);
    return made;
  };

  it('is still what is played while its picture is on screen', () => {
    expect(setUp().list.current(720)?.height).toBe(720);
  });

  it('can be chosen: without adaptation Shaka lists it again', () => {
    const { list, title, player } = setUp();
    player.configure.mockImplementation(() => {
      title.tracks = LADDER;
      return true;
    });
    list.selectQuality(list.qualities()[0]?.id ?? null);

    expect(player.selectVariantTrack.mock.calls.map(([track]) => track.height)).toEqual([720]);
  });

  it('leaves adaptation as it was where it stays unlisted', () => {
    const { list, player } = setUp();
    list.selectQuality(list.qualities()[0]?.id ?? null);

    expect(player.selectVariantTrack).not.toHaveBeenCalled();
    expect(player.configure).toHaveBeenLastCalledWith({ abr: { enabled: true } });
  });
});

describe('what is known of a single rendition', () => {
  it('goes before the bounds, and before what Shaka lists', () => {
    const { list, title } = setup({ tracks: LADDER });
    list.qualities();
    title.tracks = LADDER.filter(({ height }) => height === 360);
    const reasons = () => list.qualities().map(({ unusableReason }) => unusableReason);

    list.markLimit(limit({ reasons: new Map([[720, 'output-restricted']]) }));
    expect(reasons()).toEqual(['output-restricted', undefined]);

    list.markLimit(limit({ reasons: new Map([[720, null]]) }));
    expect(reasons()).toEqual([undefined, undefined]);
  });

  it('leaves those below a lower bound to its reason', () => {
    const { list } = setup({ tracks: LADDER });
    list.qualities();
    list.markLimit(limit({ minHeight: 361, reason: 'key-expired' }));

    expect(list.qualities().map(({ unusableReason }) => unusableReason)).toEqual([undefined, 'key-expired']);
  });
});

describe('fetching again', () => {
  it('is of the rendition that there is now, and leaves the viewer’s choice alone', () => {
    const { list, title, player } = setup({ tracks: LADDER });
    list.refetch();
    list.selectQuality(list.qualities()[0]?.id ?? null);
    player.configure.mockClear();
    list.refetch();

    const active = title.tracks.find((track) => track.active);
    expect(player.selectVariantTrack.mock.calls[0]).toEqual([active, true]);
    expect(player.configure.mock.calls).toEqual([
      [{ abr: { enabled: false } }],
      [{ abr: { enabled: false } }],
    ]);
  });

  it('is of the best that is left, in the language that is heard, where the one there was is gone', () => {
    const { list, title, player } = setup({ tracks: LADDER });
    title.tracks = [
      createTrack(360),
      createTrack(360, { language: 'de', audioId: 2 }),
      createTrack(234, { language: 'de', audioId: 2 }),
    ];
    title.audio = [createAudioTrack('de', { active: true })];
    list.refetch();

    expect(player.selectVariantTrack).toHaveBeenCalledExactlyOnceWith(title.tracks[1], true);
  });

  it('is not done where there is none', () => {
    const { list, player } = setup();
    list.refetch();

    expect(list.activeId()).toBeNull();
    expect(player.selectVariantTrack).not.toHaveBeenCalled();
  });
});

describe('languages', () => {
  const english = createAudioTrack('en', { active: true, label: 'English', roles: ['main'] });
  const german = createAudioTrack('de');
  const captions = createTextTrack(7, 'en', { label: 'English', kind: 'caption' });

  it('of the sound are listed and chosen', () => {
    const { list, player } = setup({ audio: [english, german] });
    const [first, second] = list.audioTracks();

    expect(first).toMatchObject({ language: 'en', label: 'English', kind: 'main', active: true });
    expect(second).toMatchObject({ language: 'de', label: null, kind: null, active: false });
    list.selectAudioTrack(second?.id ?? '');
    list.selectAudioTrack('none');
    expect(player.selectAudioTrack).toHaveBeenCalledExactlyOnceWith(german);
  });

  it('of the sound say how many channels they have', () => {
    const { list } = setup({ audio: [german, createAudioTrack('de', { channelsCount: 6 })] });

    expect(list.audioTracks().map(({ channels }) => channels)).toEqual([2, 6]);
  });

  it.each<[string, Partial<ShakaAudioTrack>]>([
    ['channels', { channelsCount: 6 }],
    ['codec', { codecs: 'ec-3' }],
    ['room', { spatialAudio: true }],
    ['purpose', { accessibilityPurpose: 'visually impaired' }],
    ['region', { originalLanguage: 'de-CH' }],
  ])('of the sound that differ by their %s alone are told apart', (_, difference) => {
    const other = createAudioTrack('de', difference);
    const { list, player } = setup({ audio: [german, other] });
    const [first, second] = list.audioTracks();

    expect(first?.id).not.toBe(second?.id);
    list.selectAudioTrack(second?.id ?? '');
    expect(player.selectAudioTrack).toHaveBeenCalledExactlyOnceWith(other);
  });

  it('of the sound are chosen by the role that tells who needs them, which Shaka does by the first', () => {
    const described = createAudioTrack('de', { roles: ['alternate', 'description'] });
    const { list, player } = setup({ audio: [german, described] });
    list.selectAudioTrack(list.audioTracks()[1]?.id ?? '');

    expect(player.selectAudioTrack).toHaveBeenCalledExactlyOnceWith({
      ...described,
      roles: ['description', 'alternate'],
    });
  });

  it('of the captions are listed, shown and hidden', () => {
    const { list, player } = setup({ text: [captions] });

    expect(list.textTracks()).toEqual([
      { id: '7', language: 'en', label: 'English', kind: 'captions', active: false },
    ]);
    list.selectTextTrack('7');
    list.selectTextTrack(null);
    expect(player.selectTextTrack.mock.calls).toEqual([[captions], [null]]);
  });
});

describe('subtitles that are forced', () => {
  const forced = (id: number, language: string, rest: Partial<ShakaTextTrack> = {}) =>
    createTextTrack(id, language, { forced: true, ...rest });
  const heard = [createAudioTrack('en', { active: true }), createAudioTrack('de'), createAudioTrack('fr')];

  it('are none that a viewer chooses among', () => {
    const { list, player } = setup({ text: [forced(1, 'en'), createTextTrack(2, 'en')] });

    expect(list.textTracks().map(({ id }) => id)).toEqual(['2']);
    list.selectTextTrack('1');
    expect(player.selectTextTrack).toHaveBeenCalledExactlyOnceWith(null);
  });

  it('are what is left of the captions when they are put out, in the language that is heard', () => {
    const text = [forced(1, 'de'), forced(2, 'en'), createTextTrack(3, 'en', { active: true })];
    const { list, player } = setup({ audio: heard, text });
    list.selectTextTrack(null);

    expect(player.selectTextTrack).toHaveBeenCalledExactlyOnceWith(text[1]);
  });

  it('may be of another region than the sound', () => {
    const text = [forced(1, 'de'), forced(2, 'en', { active: true })];
    const audio = [createAudioTrack('en-US', { active: true })];
    const { list, player } = setup({ audio, text });
    list.selectAudioTrack(list.audioTracks()[0]?.id ?? '');

    expect(player.selectTextTrack).toHaveBeenCalledExactlyOnceWith(text[1]);
  });

  it('follow the language that is heard, also where it has none', () => {
    const text = [forced(1, 'en', { active: true }), forced(2, 'de')];
    const { list, player } = setup({ audio: heard, text });
    const choose = (index: number) => list.selectAudioTrack(list.audioTracks()[index]?.id ?? '');
    choose(1);
    choose(2);

    expect(player.selectTextTrack.mock.calls).toEqual([[text[1]], [null]]);
  });

  it('leave captions alone that are shown', () => {
    const text = [forced(1, 'de'), createTextTrack(2, 'en', { active: true })];
    const { list, player } = setup({ audio: heard, text });
    list.selectAudioTrack(list.audioTracks()[1]?.id ?? '');

    expect(player.selectTextTrack).not.toHaveBeenCalled();
  });
});
