import type { KeySystem } from '@secure-player/react';

import { expect, PAIRS, test } from '../support/key-system-test.js';
import { LICENSE_AS_SENT, WireCapture } from '../support/wire-capture.js';

const FORMATS = ['dash', 'dash-cbcs', 'hls'] as const;
const GROUPS = ['AUDIO', 'SD', 'HD'] as const;
const SYSTEMS: readonly KeySystem[] = PAIRS.map(([keySystem]) => keySystem);

for (const keySystem of SYSTEMS) {
  for (const format of FORMATS) {
    if (keySystem === 'com.apple.fps' && format === 'dash') continue;

    test(`${keySystem} plays ${format} in HD, and tells no key to the wire`, async ({
      page,
      player,
      site,
      cdm,
      playUnder,
    }) => {
      const wire = new WireCapture(page, site.licenses);
      await playUnder(keySystem, format);
      await player.expectStatus('playing');
      await player.keepTo(720);
      await player.expectPicture(720);
      await player.expectQualityOnScreen();

      const { status, drm, error } = await player.state();
      expect({ status, error, keySystem: drm.keySystem }).toEqual({
        status: 'playing',
        error: null,
        keySystem,
      });
      expect(new Set(drm.keyStatuses.map((key) => key.status))).toEqual(new Set(['usable']));
      // FairPlay's requests are for one key each; all others ask for the whole title at once.
      const messages = (await cdm.log()).filter(({ type }) => type === 'message');
      expect(messages).toHaveLength(keySystem === 'com.apple.fps' ? drm.keyStatuses.length : 1);

      for (const group of GROUPS) {
        const { key } = await site.contentKey('first-light', group);
        const found = await wire.findKey(key);
        // The control: where a key is sent in the clear, it is found.
        if (keySystem === 'org.w3.clearkey') expect(found).toContain(LICENSE_AS_SENT);
        else expect(found).toEqual([]);
      }
      const names = (await wire.bodies()).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining([expect.stringMatching(/^POST \/license\/.*, request$/)]));
      expect(names).toEqual(
        expect.arrayContaining([expect.stringMatching(/^GET \/media\/.*(?:mpd|m3u8), response$/)]),
      );
    });
  }
}

for (const [keySystem, format] of PAIRS) {
  test(`the basic account never gets the HD key under ${keySystem}, also where the player asks for it`, async ({
    page,
    player,
    site,
    playUnder,
  }) => {
    const wire = new WireCapture(page, site.licenses);
    const { keyId, key } = await site.contentKey('first-light', 'HD');
    // Without the bounds that the server gives the player tries HD, and has to find out.
    await playUnder(keySystem, format, {
      account: 'basic',
      change: (source) => ({ ...source, caps: undefined }),
    });
    await player.expectPicture({ atMost: 360 });
    await expect
      .poll(async () => (await player.state()).qualities[0], { timeout: 20_000 })
      .toMatchObject({ height: 720, unusableReason: 'key-missing' });
    await player.expectPicture({ atMost: 360 });

    const { drm, error } = await player.state();
    expect(error).toBeNull();
    expect(drm.keyStatuses.map((status) => status.keyId)).not.toContain(keyId);
    expect(await wire.findKey(key)).toEqual([]);
  });
}
