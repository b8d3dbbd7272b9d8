import { PlaybackError, resolveSource, type OfflineTitleLicense } from '@secure-player/core';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { interceptLicenses } from '../intercept-licenses.js';
import { OPENING_MS } from '../session-openings.js';
import { RequestType } from '../shaka-namespace.js';
import { createFakeTitle } from '../testing/fake-offline-titles.js';
import { createFakeShakaPlayer } from '../testing/fake-shaka-player.js';
import { createManualClock } from '../testing/manual-clock.js';
import { createShakaRequest, loadRealShaka, type RealShaka } from '../testing/real-shaka.js';
import { OfflinePlayback } from './offline-playback.js';

const STORED: OfflineTitleLicense = {
  mode: 'persistent',
  keySystem: 'com.widevine.alpha',
  sessions: [{ sessionId: 's1', initDataType: 'cenc', initData: Uint8Array.of(1) }],
};
const VAULT: OfflineTitleLicense = {
  mode: 'vault',
  keySystem: 'org.w3.clearkey',
  answer: async () => Uint8Array.of(7),
};

let shaka: RealShaka;
beforeAll(async () => {
  shaka = await loadRealShaka();
  interceptLicenses(shaka);
});
beforeEach(() => {
  vi.spyOn(shaka.net.HttpFetchPlugin, 'parse').mockImplementation(() => {
    throw new Error('The network was asked.');
  });
});

function setup(license: OfflineTitleLicense = { mode: 'none' }, expiresAt: number | null = null) {
  const title = createFakeTitle({ license, expiresAt: () => expiresAt });
  const source = resolveSource({ src: '/film.mpd', id: 'film' });
  const renew = vi.fn(async () => {});
  const offline = new OfflinePlayback(title, source, renew);
  const { player, emit } = createFakeShakaPlayer();
  const network = new shaka.net.NetworkingEngine();
  network.configure({ forceHTTP: false, forceHTTPS: false, minBytesForProgressEvents: 0 });
  const clock = createManualClock();
  const onError = vi.fn<(error: PlaybackError) => void>();
  const onBegun = vi.fn();
  offline.begin({
    player: { ...player, getNetworkingEngine: () => network },
    element: new EventTarget(),
    clock,
    onError,
    onBegun,
  });
  const request = (type: number) => network.request(type, createShakaRequest(['https://server.example/x']));

  return { offline, title, renew, clock, emit, onError, request };
}

describe('a license that is kept', () => {
  it.each([STORED, VAULT])(
    'wants no server certificate, whatever a manifest says: $mode',
    async (license) => {
      const { data } = await setup(license).request(RequestType.SERVER_CERTIFICATE).promise;

      expect((data as ArrayBuffer).byteLength).toBe(0);
    },
  );

  it('by the module gets no answer from a server', async () => {
    const asked = setup(STORED).request(RequestType.LICENSE);
    const end = asked.promise.catch((error: unknown) => error);
    await asked.abort();

    expect(await end).toMatchObject({ code: 7001 });
  });

  it.each([
    [6013, 'stored-license-missing'],
    [6005, 'drm-setup-failed'],
  ])('that the module does not load ends playback, though Shaka goes on: %i', (code, name) => {
    const { emit, onError } = setup(STORED);
    emit('error', new shaka.util.Error(1, 6, code));

    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: name }));
  });
});

describe('the end of a title', () => {
  it('is the end of playback', () => {
    const { clock, onError } = setup({ mode: 'none' }, 5_000);
    clock.advance(5_000);

    expect(onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: 'offline-license-expired', recovery: 'renew-license' }),
    );
  });

  it('is put off by another license, which only another load can use', async () => {
    const { offline, renew } = setup(VAULT);

    await expect(offline.renewLicense()).rejects.toMatchObject({ code: 'key-expired' });
    expect(renew).toHaveBeenCalledOnce();
  });

  it('stays where there is no other license', async () => {
    const { offline, renew } = setup(VAULT);
    renew.mockRejectedValue(new PlaybackError('offline'));

    await expect(offline.renewLicense()).rejects.toMatchObject({ code: 'offline' });
  });
});

describe('closing', () => {
  it('lets go of the title, and of its clock', async () => {
    const { offline, title, clock } = setup({ mode: 'none' }, 5_000);
    await offline.close();

    expect(title.close).toHaveBeenCalled();
    expect(clock.pending()).toBe(0);
  });

  it.each(['keystatuschanged', 'error', 'time'])(
    'waits for stored sessions that are being loaded, as Shaka closes none of those, until %s',
    async (what) => {
      const { offline, clock, emit } = setup(STORED);
      const ended = vi.fn();
      emit('onstatechange', undefined, 'load');
      const closed = offline.close().then(ended);
      await Promise.resolve();
      expect(ended).not.toHaveBeenCalled();

      if (what === 'time') clock.advance(OPENING_MS);
      else emit(what, what === 'error' ? new shaka.util.Error(1, 6, 6013) : undefined);
      await closed;
      expect(ended).toHaveBeenCalledOnce();
    },
  );
});
