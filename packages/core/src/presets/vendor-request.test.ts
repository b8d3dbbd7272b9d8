import { describe, expect, it, vi } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import { createVendorExchange, LICENSE } from '../testing/vendor-server.js';
import { axinom } from './axinom.js';
import { drmtoday } from './drmtoday.js';
import { ezdrm } from './ezdrm.js';
import type { VendorToken } from './vendor-request.js';

function setup(token: VendorToken, status = 200) {
  return createVendorExchange(axinom({ tenant: 't', token }), () => new Response(LICENSE, { status }));
}

describe('the token of a preset', () => {
  it('is asked for when a request goes out, for that request', async () => {
    const token = vi.fn<VendorToken>(async () => 'jwt');
    const { acquire } = setup(token);
    expect(token).not.toHaveBeenCalled();
    await acquire('com.widevine.alpha');

    expect(token).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        keySystem: 'com.widevine.alpha',
        attempt: 1,
        signal: expect.any(AbortSignal),
      }),
    );
  });

  it('that cannot be had ends in `authorize-failed`, or in what the page says itself', async () => {
    const failing = setup(() => Promise.reject(new Error('no session')));
    await expect(failing.acquire('com.widevine.alpha')).rejects.toMatchObject({ code: 'authorize-failed' });

    const telling = setup(() => {
      throw new PlaybackError('authentication-required');
    });
    await expect(telling.acquire('com.widevine.alpha')).rejects.toMatchObject({
      code: 'authentication-required',
    });
  });

  it.each(['', 'secret token', 'secret\n', 'sécret', undefined, null])(
    'is refused before it is sent where it is none: %j',
    async (value) => {
      const { acquire, requests } = setup(() => value as string);

      await expect(acquire('com.widevine.alpha')).rejects.toMatchObject({ code: 'authorize-failed' });
      expect(requests).toEqual([]);
    },
  );

  it('is in no error, and neither is the address', async () => {
    const configurations = [
      axinom({ tenant: 'tenant-secret', token: () => 'tok' }),
      axinom({ tenant: 'tenant-secret', token: () => 'tok\n' }),
      axinom({
        tenant: 'tenant-secret',
        token: () => {
          throw new TypeError('Bearer tok is over');
        },
      }),
      drmtoday({ merchant: 'm', session: () => ({ userId: 'u', sessionId: 'tok' }), token: () => 'tok' }),
      ezdrm({ widevineProfile: 'profile-secret', customData: () => ({ token: 'tok' }) }),
    ];

    for (const configuration of configurations) {
      const { acquire } = createVendorExchange(configuration, () => new Response('tok', { status: 403 }));
      const error: unknown = await acquire('com.widevine.alpha').catch((cause: unknown) => cause);

      expect(error).toBeInstanceOf(PlaybackError);
      const told = `${String(error)} ${JSON.stringify(error)}`;
      expect(told).not.toMatch(/\btok\b|profile-secret|tenant-secret/);
    }
  });
});
