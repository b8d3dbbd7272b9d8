import type { StreamFormat } from '@secure-player/protocol';
import { fairplay, playready, widevine } from '@secure-player/virtual-cdm';
import { withVirtualCdm } from '@secure-player/virtual-cdm/playwright';

import type { EngineKeySystem, EngineName } from '../engines/engine.js';
import { EnginePage, recordRefusals } from '../engines/engine-page.js';
import { expect, test as base } from '../support/fixtures.js';

interface Row {
  readonly engine: EngineName;
  readonly formats: readonly StreamFormat[];
  readonly keySystems: readonly EngineKeySystem[];
}

const BOTH = ['com.widevine.alpha', 'com.microsoft.playready'] as const;

/** hls.js plays HLS alone, dash.js and RxPlayer DASH alone. */
const MATRIX: readonly Row[] = [
  { engine: 'shaka', formats: ['dash', 'dash-cbcs', 'hls'], keySystems: BOTH },
  { engine: 'shaka', formats: ['dash-cbcs', 'hls'], keySystems: ['com.apple.fps'] },
  { engine: 'hls.js', formats: ['hls'], keySystems: BOTH },
  { engine: 'dash.js', formats: ['dash', 'dash-cbcs'], keySystems: BOTH },
  { engine: 'rx-player', formats: ['dash', 'dash-cbcs'], keySystems: BOTH },
  // Under this name the engine asks for PlayReady's security levels too.
  { engine: 'rx-player', formats: ['dash'], keySystems: ['com.microsoft.playready.recommendation'] },
];
const CASES = MATRIX.flatMap(({ engine, formats, keySystems }) =>
  formats.flatMap((format) => keySystems.map((keySystem) => ({ engine, format, keySystem }))),
);
const CONTROLS = MATRIX.flatMap(({ engine, formats: [format = 'dash'], keySystems }) =>
  keySystems.map((keySystem) => ({ engine, format, keySystem })),
);

const test = withVirtualCdm(base).extend<{ enginePage: EnginePage }>({
  enginePage: async ({ page, site }, provide) => {
    await provide(new EnginePage(page, site));
    site.licenses.length = 0;
  },
});

test.describe('a player that somebody else wrote, with the virtual CDM', () => {
  test.use({ virtualCdm: { systems: [widevine(), playready(), fairplay()] } });

  for (const { engine, format, keySystem } of CASES) {
    test(`${engine} plays ${format} as ${keySystem}`, async ({ enginePage, cdm, site }) => {
      await enginePage.open(engine);
      await enginePage.play(format, keySystem);
      await enginePage.expectPicture();

      expect(await enginePage.failures()).toEqual([]);
      const sessions = await cdm.sessions();
      // The virtual CDM tells the system's own name, whatever name a page asked for it by.
      const ownName = keySystem.replace('.recommendation', '');
      expect(new Set(sessions.map((session) => session.keySystem))).toEqual(new Set([ownName]));
      expect(sessions.flatMap(({ keyStatuses }) => keyStatuses.map(({ status }) => status))).toContain(
        'usable',
      );
      expect(site.licenses.length).toBeGreaterThan(0);
    });
  }
});

test.describe('the same page without the virtual CDM', () => {
  for (const { engine, format, keySystem } of CONTROLS) {
    test(`${engine} shows nothing of ${format} as ${keySystem}`, async ({ page, enginePage, site }) => {
      await recordRefusals(page);
      await enginePage.open(engine);
      await enginePage.play(format, keySystem);

      await expect.poll(() => enginePage.refusals(), { timeout: 30_000 }).toContain(keySystem);
      await expect
        .poll(async () => (await enginePage.failures()).length, { timeout: 30_000 })
        .toBeGreaterThan(0);
      expect(await enginePage.readPicture()).toHaveProperty('unreadable');
      expect(await enginePage.decodedFrames()).toBe(0);
      expect(site.licenses).toEqual([]);
    });
  }
});
