import { describe, expect, it } from 'vitest';

import { AddedTextTracks } from './added-text-tracks.js';
import { createFakeShakaPlayer } from './testing/fake-shaka-player.js';

const SPANISH = { src: 'es.vtt', srclang: 'es' };

function setup() {
  const { player } = createFakeShakaPlayer();
  return { player, captions: new AddedTextTracks(player, 'https://page.example/watch/') };
}

describe('captions beside the manifest', () => {
  it('are added as WebVTT subtitles, relative to the page, unless it says otherwise', async () => {
    const { player, captions } = setup();
    await captions.add([
      SPANISH,
      {
        src: 'https://cdn.example/en',
        srclang: 'en',
        label: 'English',
        kind: 'captions',
        type: 'application/ttml+xml',
      },
    ]);

    expect(player.addTextTrackAsync.mock.calls).toEqual([
      ['https://page.example/watch/es.vtt', 'es', 'subtitles', 'text/vtt', '', ''],
      ['https://cdn.example/en', 'en', 'captions', 'application/ttml+xml', '', 'English'],
    ]);
  });

  it('are added once, and later ones join them', async () => {
    const { player, captions } = setup();
    await captions.add([SPANISH]);
    await captions.add([
      { ...SPANISH, default: true },
      { ...SPANISH, src: 'other.vtt' },
    ]);

    expect(player.addTextTrackAsync.mock.calls.map(([url]) => url)).toEqual([
      'https://page.example/watch/es.vtt',
      'https://page.example/watch/other.vtt',
    ]);
  });

  it('that cannot be had are left out, and the others are there', async () => {
    const { player, captions } = setup();
    player.addTextTrackAsync.mockRejectedValueOnce(new Error('of no known type'));
    await captions.add([SPANISH, { src: 'https://', srclang: 'fr' }, { ...SPANISH, src: 'other.vtt' }]);

    expect(player.addTextTrackAsync).toHaveBeenCalledTimes(2);
  });
});
