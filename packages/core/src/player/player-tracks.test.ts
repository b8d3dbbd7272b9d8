import { describe, expect, it } from 'vitest';

import { turn } from '../testing/manual-clock.js';
import { A, setupPlayer } from '../testing/setup-player.js';
import type { MediaTrack } from './player-state.js';
import type { TextTrackSource } from './text-track-source.js';

const SPANISH: TextTrackSource = { src: '/es.vtt', srclang: 'es', default: true };
const track = (id: string, language: string): MediaTrack => ({
  id,
  language,
  label: null,
  kind: 'subtitles',
  active: false,
});

describe('captions beside those of the source', () => {
  it('join it when it is loaded, and are shown where they say so', async () => {
    const { player, media, load, engine } = setupPlayer();
    player.setTextTracks([SPANISH]);
    player.setSource(A);
    player.attach(media);
    await turn();
    engine().addTextTracks.mockImplementation(async () =>
      engine().options.listener.onState({ textTracks: [track('1', 'en'), track('2', 'es')] }),
    );
    load().resolve();
    await turn();

    expect(engine().addTextTracks).toHaveBeenCalledExactlyOnceWith([SPANISH]);
    expect(engine().selectTextTrack).toHaveBeenCalledExactlyOnceWith('2');
  });

  it('that come while it plays join it then; the same ones, written anew, do nothing', async () => {
    const { player, media, load, engine } = setupPlayer();
    player.setSource(A);
    player.attach(media);
    await turn();
    load().resolve();
    await turn();
    engine().addTextTracks.mockClear();
    player.setTextTracks([SPANISH]);
    player.setTextTracks([{ ...SPANISH }]);

    expect(engine().addTextTracks).toHaveBeenCalledExactlyOnceWith([SPANISH]);
    expect(engine().loads).toHaveLength(1);
  });
});

it('a source begins with what the page prefers at that time', async () => {
  const { player, media, load, engine, preferences } = setupPlayer();
  player.setSource(A);
  preferences.languages = { audio: ['es'], text: ['es'] };
  player.attach(media);
  await turn();
  engine().options.listener.onState({ textTracks: [track('1', 'en'), track('2', 'es')] });
  load().resolve();
  await turn();

  expect(load().audio).toEqual([{ language: 'es' }]);
  expect(engine().selectTextTrack).toHaveBeenCalledExactlyOnceWith('2');
});
