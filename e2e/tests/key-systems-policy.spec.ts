import { createProblem } from '@secure-player/protocol';
import type { VirtualCdmControl } from '@secure-player/virtual-cdm/playwright';

import { expect, PAIRS, SYSTEMS, test } from '../support/key-system-test.js';

const LICENSE = /^\/license\//;
const SEALED = PAIRS.filter(([keySystem]) => keySystem !== 'org.w3.clearkey');

const answersOf = (log: Awaited<ReturnType<VirtualCdmControl['log']>>) =>
  log.filter(({ type, step }) => type === 'call' && step === 'update').length;

for (const [keySystem, format] of PAIRS) {
  test(`${keySystem}: a display that loses HDCP gets SD, with a notice, and HD again when it is back`, async ({
    player,
    cdm,
    playUnder,
  }) => {
    await playUnder(keySystem, format);
    await player.expectStatus('playing');
    await player.keepTo(720);
    await player.expectPicture(720);

    await cdm.setHdcp('none');
    await player.expectPicture({ atMost: 360 });
    await player.expectStatus('playing');
    expect(await player.state()).toMatchObject({
      error: null,
      notice: { code: 'quality-limited', reason: 'output-restricted' },
      qualities: [{ height: 720, unusableReason: 'output-restricted' }, { height: 360 }, { height: 234 }],
    });

    await cdm.setHdcp('1.4');
    await expect
      .poll(async () => {
        const { notice, qualities } = await player.state();
        return [notice, qualities[0]?.unusableReason];
      })
      .toEqual([null, undefined]);
    await player.keepTo(720);
    await player.expectPicture(720);
  });

  test(`${keySystem}: a license that ends in mid-play ends in key-expired, and a new one plays`, async ({
    player,
    cdm,
    playUnder,
  }) => {
    await playUnder(keySystem, format);
    await player.expectPicture({ atMost: 720 });
    for (const { keyStatuses } of await cdm.sessions()) await cdm.expire(keyStatuses[0]?.keyId ?? '');

    await player.expectError('key-expired');
    await player.retry();
    await player.expectPicture({ atMost: 720 });
  });
}

test('FairPlay: a rendition whose own license ends is left, and the film goes on', async ({
  player,
  cdm,
  site,
  playUnder,
}) => {
  await playUnder('com.apple.fps', 'hls');
  await player.expectStatus('playing');
  await player.keepTo(720);
  await player.expectPicture(720);
  const { keyId } = await site.contentKey('first-light', 'HD');
  await cdm.expire(keyId);

  await player.expectPicture({ atMost: 360 });
  expect(await player.state()).toMatchObject({
    error: null,
    qualities: [{ height: 720, unusableReason: 'key-expired' }, { height: 360 }, { height: 234 }],
  });
});

test('a device that loses its hardware gets another license, and plays on', async ({
  player,
  cdm,
  playUnder,
}) => {
  await playUnder('com.microsoft.playready', 'dash');
  await player.expectPicture({ atMost: 720 });
  await cdm.resetHardware();
  await expect
    .poll(async () => (await cdm.sessions()).map(({ closedReason }) => closedReason))
    .toEqual(['hardware-context-reset', null]);

  await player.expectPicture({ atMost: 720 });
  expect((await player.state()).error).toBeNull();
});

test.describe('on a clock of the test’s own', () => {
  test.use({ virtualCdm: { systems: SYSTEMS, clock: 'manual' } });

  const POLICY = { licenseDurationSeconds: 3600, renewal: { delaySeconds: 2400, retrySeconds: 600 } };

  test.beforeEach(({ site }) => {
    site.policies.set('first-light', POLICY);
  });
  test.afterEach(({ site }) => {
    site.policies.clear();
  });

  for (const [keySystem, format] of SEALED) {
    test(`${keySystem}: a license that is renewed outlives itself, and one that is refused says why it ended`, async ({
      player,
      cdm,
      site,
      playUnder,
    }) => {
      await playUnder(keySystem, format);
      await player.expectPicture({ atMost: 720 });
      await cdm.advance(2401);
      await expect.poll(async () => answersOf(await cdm.log())).toBe(2 * (await cdm.sessions()).length);
      await cdm.advance(1600);
      await player.expectPicture({ atMost: 720 });
      expect((await player.state()).error).toBeNull();

      const refused = site.faults.inject(LICENSE, () => {
        const problem = createProblem('subscription-expired');
        return new Response(JSON.stringify(problem), { status: problem.status });
      });
      await cdm.advance(900);
      await expect.poll(() => refused()).toBeGreaterThan(0);
      await player.expectPicture({ atMost: 720 });
      expect((await player.state()).error).toBeNull();

      await cdm.advance(1200);
      await player.expectError('subscription-expired');
    });
  }
});
