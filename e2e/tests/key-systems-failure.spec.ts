import type { KeySystemConfiguration, Source } from '@secure-player/react';
import { clearkey, fairplay, playready, widevine } from '@secure-player/virtual-cdm';

import { expect, test } from '../support/key-system-test.js';

const LICENSE = /^\/license\//;

/** A source with one key system alone, under whatever name. */
const only =
  (name: string, from: keyof NonNullable<Source['drm']>, rest: Partial<KeySystemConfiguration> = {}) =>
  (source: Source): Source => ({
    ...source,
    preferredKeySystems: undefined,
    drm: { [name]: { ...source.drm?.[from], ...rest } },
  });

/** Where a device fails, and the error that names it. */
const FAULTS = [
  ['create-media-keys', 'NotSupportedError', 'drm-setup-failed'],
  ['set-server-certificate', 'TypeError', 'certificate-failed'],
  ['set-media-keys', 'InvalidStateError', 'drm-setup-failed'],
  ['generate-request', 'NotSupportedError', 'license-request-failed'],
  ['update', 'TypeError', 'license-rejected'],
  ['message', 'internal-error', 'drm-setup-failed'],
  ['message', 'silent', 'key-missing'],
] as const;

for (const [step, reason, code] of FAULTS) {
  test(`a device that fails at ${step} by ${reason} ends in ${code}, and retry plays`, async ({
    player,
    cdm,
    playUnder,
  }) => {
    await cdm.failNext(step, reason);
    await playUnder('com.widevine.alpha', 'dash', {
      change: only('com.widevine.alpha', 'com.widevine.alpha'),
    });

    await player.expectError(code);
    await player.retry();
    await player.expectPicture({ atMost: 720 });
  });
}

test('a key system that the device has not is passed over for the next', async ({
  player,
  cdm,
  playUnder,
}) => {
  await cdm.failNext('request-access', 'NotSupportedError');
  await playUnder('com.widevine.alpha', 'hls');

  await player.expectPicture({ atMost: 720 });
  expect((await player.state()).drm.keySystem).toBe('org.w3.clearkey');
});

test('a level that the device does not reach ends in drm-unsupported, and no other system is asked', async ({
  player,
  cdm,
  playUnder,
}) => {
  const change = only('com.widevine.alpha', 'com.widevine.alpha', { videoRobustness: ['HW_SECURE_ALL'] });
  await playUnder('com.widevine.alpha', 'dash', { change });

  await player.expectError('drm-unsupported');
  expect((await cdm.log()).filter(({ keySystem }) => keySystem !== 'com.widevine.alpha')).toEqual([]);
});

test('FairPlay without a certificate ends in certificate-failed', async ({ player, playUnder }) => {
  const change = only('com.apple.fps', 'com.apple.fps', { serverCertificateUrl: undefined });
  await playUnder('com.apple.fps', 'hls', { change });

  await player.expectError('certificate-failed');
});

test('a certificate server that does not answer is not waited for without end', async ({
  player,
  site,
  playUnder,
}) => {
  site.faults.inject(/^\/certificate\//, () => new Response(null, { status: 500 }));
  await playUnder('com.apple.fps', 'dash-cbcs');

  await player.expectError('certificate-failed');
  site.faults.clear();
  await player.retry();
  await player.expectPicture({ atMost: 720 });
});

test('a license that somebody has changed on its way is not taken', async ({ player, site, playUnder }) => {
  site.faults.inject(
    LICENSE,
    async (_, pass) => {
      const license = new Uint8Array(await (await pass()).arrayBuffer());
      license[license.length - 10] = (license[license.length - 10] ?? 0) ^ 1;
      return new Response(license, { headers: { 'content-type': 'application/octet-stream' } });
    },
    1,
  );
  await playUnder('com.widevine.alpha', 'dash');

  await player.expectError('license-rejected');
});

for (const [form, wrap] of [
  ['base64', (base64: string) => base64],
  ['<ckc>', (base64: string) => `<ckc>${base64}</ckc>`],
  ['JSON', (base64: string) => JSON.stringify({ ckc: base64 })],
] as const) {
  test(`FairPlay plays by a server that answers in ${form}`, async ({ player, site, playUnder }) => {
    site.faults.inject(LICENSE, async (_, pass) => {
      const base64 = Buffer.from(await (await pass()).arrayBuffer()).toString('base64');
      return new Response(wrap(base64), { headers: { 'content-type': 'text/plain' } });
    });
    await playUnder('com.apple.fps', 'hls');

    await player.expectPicture({ atMost: 720 });
  });
}

for (const format of ['dash', 'hls'] as const) {
  test(`PlayReady under its name of the recommendation plays ${format}, with one license`, async ({
    player,
    cdm,
    playUnder,
  }) => {
    const name = 'com.microsoft.playready.recommendation';
    await playUnder(name, format, { change: only(name, 'com.microsoft.playready') });

    await player.expectPicture({ atMost: 720 });
    expect((await player.state()).drm.keySystem).toBe(name);
    expect((await cdm.log()).filter(({ type }) => type === 'message')).toHaveLength(1);
  });
}

test.describe('a device that needs more than a license', () => {
  test.use({
    virtualCdm: { systems: [widevine({ provisioning: 'online' }), playready(), fairplay(), clearkey()] },
  });

  test('gets a certificate of its own and the server’s from the license URL', async ({
    player,
    cdm,
    playUnder,
  }) => {
    const change = only('com.widevine.alpha', 'com.widevine.alpha', { serverCertificateUrl: undefined });
    await playUnder('com.widevine.alpha', 'dash', { change });

    await player.expectPicture({ atMost: 720 });
    const messages = (await cdm.log()).flatMap(({ messageType }) => messageType ?? []);
    expect(messages).toEqual(['individualization-request', 'license-request', 'license-request']);
  });
});
