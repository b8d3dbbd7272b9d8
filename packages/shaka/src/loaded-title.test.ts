import {
  Authorizer,
  PlaybackError,
  resolveSource,
  type Clock,
  type EngineListener,
  type LicenseClient,
  type Source,
} from '@secure-player/core';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { interceptLicenses } from './intercept-licenses.js';
import { WITHOUT_FRAME_WATCH } from './frame-watch.js';
import { LoadedTitle } from './loaded-title.js';
import type { KeptLicense } from './offline/kept-license.js';
import { answerAtHand } from './ready-answers.js';
import { RequestType, type ShakaRequest } from './shaka-namespace.js';
import { createFakeMediaKeys } from './testing/fake-media-keys.js';
import { createFakeShakaPlayer, createTrack } from './testing/fake-shaka-player.js';
import { createShakaRequest, loadRealShaka, type RealShaka } from './testing/real-shaka.js';
import { readRequestedKeyIds } from './testing/requested-key-ids.js';

const SOURCE: Source = { src: '/a.mpd', drm: { 'org.w3.clearkey': { licenseUrl: '/license' } } };

let shaka: RealShaka;
beforeAll(async () => {
  shaka = await loadRealShaka();
  interceptLicenses(shaka);
});
beforeEach(() => {
  vi.stubGlobal('HTMLVideoElement', EventTarget);
});

function setup(source: Source = SOURCE, offline: KeptLicense | null = null, segmentToken?: string) {
  const { player, title, network, emit } = createFakeShakaPlayer({
    tracks: [createTrack(360), createTrack(720, { active: true })],
  });
  const timers = new Set<() => void>();
  const clock: Clock = {
    now: () => 0,
    schedule(callback, milliseconds) {
      // A wait for a key, and the schedule of renewals.
      expect([10_000, 30_000]).toContain(milliseconds);
      timers.add(callback);
      return () => void timers.delete(callback);
    },
  };
  const element = Object.assign(new EventTarget(), { videoHeight: 0 });
  const listener = {
    onState: vi.fn<EngineListener['onState']>(),
    onError: vi.fn<EngineListener['onError']>(),
  };
  const acquire = vi.fn(async () => new Uint8Array([1]));
  const resolved = resolveSource(source);
  const loaded = new LoadedTitle({
    player,
    chosen: resolved.keySystems[0] ?? null,
    source: resolved,
    keyIdsOf: readRequestedKeyIds,
    element: element as unknown as HTMLMediaElement,
    clock,
    random: () => 0,
    offline,
    options: {
      element,
      listener,
      licenseClient: { acquire } as unknown as LicenseClient,
      authorizer: new Authorizer({
        authorize: () => (segmentToken === undefined ? undefined : () => segmentToken),
        authorizedOrigins: () => ['https://cdn.example'],
        authorizeSegments: () => segmentToken !== undefined,
        pageUrl: () => undefined,
        pageOrigin: () => undefined,
      }),
      currentSource: () => source,
      keyStatusPolicy: () => ({}),
    },
  });
  const fire = (type: string) => element.dispatchEvent(new Event(type));
  const expire = () => {
    const due = [...timers];
    timers.clear();
    for (const callback of due) callback();
  };
  const states = () => Object.assign({}, ...listener.onState.mock.calls.map(([change]) => change)) as object;
  /** Sends a license request as Shaka does, through the title's own filter. */
  const requestLicense = (more: Partial<ShakaRequest> = {}) => {
    const real = new shaka.net.NetworkingEngine();
    real.configure({ forceHTTP: false, forceHTTPS: false, minBytesForProgressEvents: 0 });
    const [filter] = network.registerRequestFilter.mock.calls[0] ?? [];
    real.registerRequestFilter((type: number, request: ShakaRequest) => filter?.(type, request));
    return real.request(RequestType.LICENSE, {
      ...createShakaRequest(['https://license.example/']),
      body: new Uint8Array([1]),
      ...more,
    }).promise;
  };
  const refuseRenewal = async (refusal: PlaybackError) => {
    acquire.mockRejectedValueOnce(refusal);
    return requestLicense({ licenseRequestType: 'license-renewal' }).catch((error: unknown) => error);
  };

  return {
    loaded,
    player,
    title,
    emit,
    element,
    listener,
    acquire,
    fire,
    expire,
    timers,
    states,
    requestLicense,
    refuseRenewal,
    network,
  };
}

describe('a picture that waits for a key', () => {
  it('ends after a while, where no license is on its way', () => {
    const { fire, expire, listener } = setup();
    fire('waitingforkey');
    expect(listener.onError).not.toHaveBeenCalled();
    expire();

    expect(listener.onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: 'key-missing' }),
    );
  });

  it('is given longer while a license is on its way', async () => {
    const { fire, expire, listener, acquire, timers, requestLicense } = setup();
    let arrive: (license: Uint8Array<ArrayBuffer>) => void = () => {};
    acquire.mockImplementation(() => new Promise((resolve) => (arrive = resolve)));
    const license = requestLicense();
    await vi.waitUntil(() => acquire.mock.calls.length > 0);
    fire('waitingforkey');
    expire();
    expect(listener.onError).not.toHaveBeenCalled();
    expect(timers.size).toBe(1);

    arrive(new Uint8Array([1]));
    await license;
    expire();
    expect(listener.onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: 'key-missing' }),
    );
  });
});

describe('an error of Shaka', () => {
  const restrictions = { severity: 2, category: 4, code: 4012, data: [{ missingKeys: ['a'] }] };

  it('that is critical is told by its name', () => {
    const { emit, listener, title } = setup();
    emit('error', restrictions);
    title.keyStatuses = { b: 'usable' };
    emit('error', restrictions);

    expect(listener.onError.mock.calls.map(([{ code }]) => code)).toEqual(['key-missing', 'wrong-key']);
  });

  it('for keys that are missing is told as the license’s failure', async () => {
    const { emit, listener, acquire, requestLicense } = setup();
    const refusal = new PlaybackError('plan-insufficient');
    acquire.mockRejectedValueOnce(refusal);
    await requestLicense().catch(() => {});
    emit('error', restrictions);

    expect(listener.onError).toHaveBeenCalledExactlyOnceWith(refusal);
  });

  it('that Shaka recovers from by itself is not told', () => {
    const { emit, listener } = setup();
    emit('error', { ...restrictions, severity: 1 });

    expect(listener.onError).not.toHaveBeenCalled();
  });
});

describe('a renewal that fails', () => {
  const expired = { severity: 2, category: 6, code: 6014, data: [] };
  const rejected = { severity: 2, category: 6, code: 6008, data: ['x'] };

  it('is borne while the license lasts, and told when it ends', async () => {
    const { emit, listener, refuseRenewal } = setup();
    const refusal = new PlaybackError('subscription-expired');
    const network = await refuseRenewal(refusal);
    emit('error', { severity: 2, category: 6, code: 6007, data: [network] });
    expect(listener.onError).not.toHaveBeenCalled();

    emit('error', expired);
    expect(listener.onError).toHaveBeenCalledExactlyOnceWith(refusal);
  });

  it('is forgotten when a later one succeeds', async () => {
    const { emit, listener, refuseRenewal, requestLicense } = setup();
    await refuseRenewal(new PlaybackError('license-unreachable'));
    await requestLicense({ licenseRequestType: 'license-renewal' });
    emit('error', expired);

    expect(listener.onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: 'key-expired' }),
    );
  });

  it('is borne where the module refuses the answer, but the first license is not', async () => {
    const { emit, listener, requestLicense } = setup();
    await requestLicense({ licenseRequestType: 'license-renewal' });
    emit('error', rejected);
    expect(listener.onError).not.toHaveBeenCalled();

    await requestLicense();
    emit('error', rejected);
    expect(listener.onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: 'license-rejected' }),
    );
  });
});

describe('a server certificate', () => {
  const asked = async (drm: Source['drm']) => {
    const { network } = setup({ src: '/a.mpd', drm });
    const [filter] = network.registerRequestFilter.mock.calls[0] ?? [];
    const request = { uris: ['https://manifest.example/c'], attempt: 0, body: null, headers: {} };
    await filter?.(RequestType.SERVER_CERTIFICATE, request);
    return request.uris;
  };

  it('comes from where the page says, whatever the manifest says', async () => {
    const licenseUrl = '/l';

    expect(await asked({ 'com.apple.fps': { licenseUrl, serverCertificateUrl: '/c' } })).toEqual(['/c']);
    expect(await asked({ 'com.apple.fps': { licenseUrl } })).toEqual(['https://manifest.example/c']);
  });
});

describe('what is reported', () => {
  it('is the tracks, whenever Shaka says that they changed', () => {
    const { emit, listener, element, fire, states } = setup();
    for (const type of ['trackschanged', 'adaptation', 'variantchanged', 'textchanged', 'audiotrackschanged'])
      emit(type);
    expect(listener.onState).toHaveBeenCalledTimes(5);
    expect(states()).toMatchObject({ quality: { height: 720 }, notice: null, live: false });

    element.videoHeight = 360;
    fire('resize');
    expect(states()).toMatchObject({ quality: { height: 360 } });
  });

  it('is the keys, with an end only where there is one', async () => {
    const { emit, title, states } = setup();
    title.keyStatuses = { a: 'usable' };
    emit('keystatuschanged');
    await Promise.resolve();
    const keyStatuses = [{ keyId: 'a', status: 'usable' }];
    expect(states()).toMatchObject({ drm: { keySystem: 'org.w3.clearkey', keyStatuses, expiresAt: null } });

    // So far away that there is nothing to plan yet.
    title.expiration = 1e12;
    emit('expirationupdated');
    expect(states()).toMatchObject({ drm: { expiresAt: 1e12 } });
  });

  it('is a notice where a rendition is lost for its key', async () => {
    const { emit, title, states } = setup();
    title.keyStatuses = { a: 'usable' };
    emit('keystatuschanged');
    title.tracks = title.tracks.filter(({ height }) => height === 360);
    await Promise.resolve();

    expect(states()).toMatchObject({
      notice: { code: 'quality-limited', reason: 'key-missing' },
      qualities: [{ height: 720, unusableReason: 'key-missing' }, { height: 360 }],
    });
  });
});

describe.each([
  ['', undefined],
  [' of segments that want a credential', 'token'],
])('a key%s that goes and comes back', (_, token) => {
  const at = (type: string, height: number, keyId: string) => ({
    stream: { type, height, keyIds: new Set([keyId]) },
  });

  it('takes its rendition along, with a notice, both ways', async () => {
    const drm = { 'org.w3.clearkey': { keys: { ['0'.repeat(32)]: '1'.repeat(32) } } };
    const { emit, title, states, player, network } = setup({ src: '/a.m3u8', drm }, null, token);
    const change = async (status: string) => {
      title.keyStatuses = { a: status };
      emit('keystatuschanged');
      await Promise.resolve();
    };
    await change('usable');
    const [filter] = network.registerRequestFilter.mock.calls[0] ?? [];
    const segment = { ...createShakaRequest(['https://cdn.example/s']), attempt: 0 };
    await filter?.(RequestType.SEGMENT, segment, at('video', 720, 'a'));
    expect(segment.headers).toEqual(token === undefined ? {} : { authorization: `Bearer ${token}` });

    await change('output-restricted');
    expect(player.configure).toHaveBeenCalledWith({ restrictions: { minHeight: 0, maxHeight: 719 } });
    // What was fetched of it goes at once.
    expect(player.selectVariantTrack).toHaveBeenCalledExactlyOnceWith(expect.anything(), true);
    expect(states()).toMatchObject({ notice: { code: 'quality-limited', reason: 'output-restricted' } });

    await change('usable');
    expect(player.configure).toHaveBeenCalledWith({ restrictions: { minHeight: 0, maxHeight: Infinity } });
    expect(states()).toMatchObject({ notice: null, qualities: [{ height: 720 }, { height: 360 }] });
  });
});

describe('what was fetched under a key that is lost', () => {
  const lost = { a: 'output-restricted' };

  it('is dropped where Shaka keeps it, because another rendition is being fetched', async () => {
    const { emit, title, fire, player } = setup();
    title.keyStatuses = lost;
    emit('keystatuschanged');
    await Promise.resolve();
    expect(player.selectVariantTrack).not.toHaveBeenCalled();
    fire('waitingforkey');

    expect(player.selectVariantTrack).toHaveBeenCalledExactlyOnceWith(title.tracks[1], true);
    expect(player.configure.mock.calls).toEqual([
      [{ abr: { enabled: false } }],
      [{ abr: { enabled: true } }],
    ]);
  });

  it('is left to Shaka where that has chosen another rendition', async () => {
    const { emit, title, fire, player } = setup();
    fire('waitingforkey');
    title.keyStatuses = lost;
    emit('keystatuschanged');
    title.tracks = [createTrack(360, { active: true })];
    await Promise.resolve();
    fire('waitingforkey');

    expect(player.selectVariantTrack).not.toHaveBeenCalled();
  });

  it('is left by hand where Shaka has nothing new to choose from', async () => {
    const { emit, title, player } = setup();
    title.keyStatuses = lost;
    emit('keystatuschanged');
    title.tracks = [createTrack(360), createTrack(234)];
    await Promise.resolve();

    expect(player.selectVariantTrack).toHaveBeenCalledExactlyOnceWith(title.tracks[0], true);
  });

  it('is told as what it is where nothing else helps', async () => {
    const { emit, title, fire, expire, listener } = setup();
    title.keyStatuses = lost;
    emit('keystatuschanged');
    await Promise.resolve();
    fire('waitingforkey');
    expire();

    expect(listener.onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: 'output-restricted' }),
    );
  });
});

describe('the watch for dropped frames', () => {
  const watch = { abr: { droppedFrames: true } };
  const lose = async ({ emit, title }: Pick<ReturnType<typeof setup>, 'emit' | 'title'>) => {
    title.keyStatuses = { a: 'usable' };
    emit('keystatuschanged');
    title.tracks = title.tracks.filter(({ height }) => height === 360);
    await Promise.resolve();
  };

  it('is off while there are renditions that may not be played: Shaka would ban the last that may', async () => {
    const { player, emit, title } = setup();
    const { tracks } = title;
    await lose({ emit, title });
    expect(player.configure).toHaveBeenLastCalledWith(WITHOUT_FRAME_WATCH);

    emit('keystatuschanged');
    title.tracks = tracks;
    await Promise.resolve();
    expect(player.configure).toHaveBeenLastCalledWith(watch);
  });

  it('stays off where it was off before, by the bounds of the source or by the page', async () => {
    const { player, emit, title } = setup();
    const { tracks } = title;
    title.configuration = { ...title.configuration, abr: { droppedFrames: false } };
    await lose({ emit, title });
    emit('keystatuschanged');
    title.tracks = tracks;
    await Promise.resolve();

    expect(player.configure).toHaveBeenCalledWith(WITHOUT_FRAME_WATCH);
    expect(player.configure).not.toHaveBeenCalledWith(watch);
  });
});

describe('a rendition that Shaka leaves out for dropped frames', () => {
  it('is no notice', () => {
    const { emit, title, states } = setup();
    emit('trackschanged');
    title.tracks = title.tracks.filter(({ height }) => height === 360);
    emit('trackschanged');

    expect(states()).toMatchObject({ notice: null, qualities: [{ height: 720 }, { height: 360 }] });
  });
});

describe('a renewal that was refused', () => {
  it('is a notice, the same until it is renewed, and goes before another', async () => {
    const { emit, title, states, refuseRenewal, requestLicense } = setup();
    const error = new PlaybackError('subscription-expired');
    await refuseRenewal(error);
    const { notice } = states() as { notice: object };
    expect(notice).toEqual({ code: 'license-renewal-refused', error });
    title.keyStatuses = { a: 'usable' };
    emit('keystatuschanged');
    title.tracks = title.tracks.filter(({ height }) => height === 360);
    await Promise.resolve();
    expect((states() as { notice: object }).notice).toBe(notice);

    await requestLicense({ licenseRequestType: 'license-renewal' });
    expect(states()).toMatchObject({ notice: { code: 'quality-limited' }, drm: { renewal: 'none' } });
  });

  it('leaves the session to Shaka, where it has others', async () => {
    const { loaded, refuseRenewal } = setup();
    const network = await refuseRenewal(new PlaybackError('license-refused'));
    const error = { severity: 2, category: 6, code: 6007, data: [network] };
    loaded.keepSession(error);
    const other = { severity: 2, category: 6, code: 6007, data: [new PlaybackError('license-refused')] };
    loaded.keepSession(other);

    expect(error).toMatchObject({ handled: true });
    expect(other).not.toHaveProperty('handled');
  });
});

describe('a license that was given back', () => {
  it('shows in its keys, and ends playback when what was decoded has been shown', async () => {
    const { loaded, element, title, player, states, fire, listener } = setup();
    const { mediaKeys, create } = createFakeMediaKeys();
    Object.assign(element, { mediaKeys });
    title.keyStatuses = { a: 'usable' };
    const initData = new Uint8Array([7]);
    title.sessions = [{ sessionId: 's', sessionType: 'temporary', initData, initDataType: 'cenc' }];
    player.retryLicensing.mockImplementation(async () => {
      const empty = mediaKeys.createSession('temporary');
      await empty.generateRequest('cenc', new Uint8Array([7]));
      await empty.close();
      return (await empty.closed) === 'closed-by-application';
    });
    await loaded.releaseLicense();

    expect(player.retryLicensing).toHaveBeenCalledExactlyOnceWith({ sessionId: 's' }, 0);
    expect(create).not.toHaveBeenCalled();
    expect(states()).toMatchObject({ drm: { keyStatuses: [{ keyId: 'a', status: 'released' }] } });
    expect(listener.onError).not.toHaveBeenCalled();
    fire('waitingforkey');
    expect(listener.onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: 'key-expired', recovery: 'renew-license' }),
    );
  });
});

describe('keys that the page gave', () => {
  const GIVEN: Source = {
    src: '/a.mpd',
    drm: {
      'org.w3.clearkey': { keys: { '4060a865887842679cbf91ae5bae1e72': 'fc35340837310cc0fb53de97e22a69e0' } },
    },
  };

  it('need no renewal, and come again by another load only, once they were given back', async () => {
    const { loaded, element, title } = setup(GIVEN);
    Object.assign(element, createFakeMediaKeys());
    title.sessions = [{ sessionId: 's', sessionType: 'temporary', initData: null, initDataType: null }];
    await expect(loaded.renewLicense()).resolves.toBeUndefined();
    await loaded.releaseLicense();

    await expect(loaded.renewLicense()).rejects.toMatchObject({ code: 'key-expired' });
  });
});

describe('license requests', () => {
  it('that are empty are not sent: there is nothing to ask', async () => {
    const { acquire, requestLicense } = setup();
    void requestLicense({ body: new ArrayBuffer(0) });
    await requestLicense();

    expect(acquire).toHaveBeenCalledOnce();
  });

  it('are answered by the license client', async () => {
    const { acquire, requestLicense } = setup();
    await requestLicense();

    expect(acquire).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ url: '/license' }));
  });

  it('that fail come out as the license client’s error', async () => {
    const { acquire, requestLicense, emit, listener } = setup();
    const refusal = new PlaybackError('plan-insufficient');
    acquire.mockRejectedValue(refusal);
    const network: unknown = await requestLicense().catch((error: unknown) => error);
    emit('error', { severity: 2, category: 6, code: 6007, data: [network] });

    expect(listener.onError).toHaveBeenCalledExactlyOnceWith(refusal);
  });
});

it('closed, says nothing more', () => {
  const { loaded, emit, fire, listener, timers } = setup();
  fire('waitingforkey');
  void loaded.close();
  emit('error', { severity: 2, category: 6, code: 6014, data: [] });
  emit('trackschanged');
  for (const type of ['resize', 'waitingforkey']) fire(type);

  expect(timers.size).toBe(0);
  expect(listener.onError).not.toHaveBeenCalled();
  expect(listener.onState).not.toHaveBeenCalled();
});

describe('a title on this device', () => {
  const kept = (
    licenses: KeptLicense['protection']['licenses'],
    endsAt: number | null = null,
  ): KeptLicense => ({
    protection: { keySystems: [], licenses, drm: {} },
    expiresAt: () => endsAt,
  });

  it('has its licenses from there, and asks no server for them', async () => {
    const { requestLicense, acquire } = setup(
      SOURCE,
      kept(async () => Uint8Array.of(7)),
    );
    const { data } = await requestLicense();

    expect(new Uint8Array(data as ArrayBuffer)).toEqual(Uint8Array.of(7));
    expect(acquire).not.toHaveBeenCalled();
  });

  it.each([
    ['the module’s', 2_000, 5_000, 2_000],
    ['its own', Number.POSITIVE_INFINITY, 5_000, 5_000],
    ['the earlier', 9_000, 5_000, 5_000],
    ['neither', Number.POSITIVE_INFINITY, null, null],
  ])('shows the end that is %s', (_, ofModule, own, shown) => {
    const { loaded, title, states } = setup(SOURCE, kept(null, own));
    title.expiration = ofModule;
    loaded.report();

    expect(states()).toMatchObject({ drm: { expiresAt: shown } });
  });

  it('plans no renewal by the module’s sessions', async () => {
    const { loaded, title, timers, emit } = setup(
      SOURCE,
      kept(async () => Uint8Array.of(7)),
    );
    title.expiration = 60_000;
    emit('expirationupdated');
    await loaded.renewLicense();

    expect(timers.size).toBe(0);
  });

  it('with stored sessions waits for no session to open', async () => {
    const { loaded, player } = setup(SOURCE, kept(null));
    loaded.begin();

    expect(player.configure).not.toHaveBeenCalled();
  });

  it('asks for no credentials for what is at hand', async () => {
    const { network } = setup(SOURCE, kept('online'));
    const [filter] = network.registerRequestFilter.mock.calls[0] ?? [];
    const request = createShakaRequest(['https://page.example/a.mpd']) as unknown as ShakaRequest;
    answerAtHand(request, { url: '', headers: {}, data: new ArrayBuffer(0) });

    expect(filter?.(RequestType.MANIFEST, request)).toBeUndefined();
  });
});
