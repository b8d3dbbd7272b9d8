import { PlaybackError } from '@secure-player/core';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { endsPlayback, isShakaAbort, toPlaybackError, type FailureSituation } from './shaka-errors.js';
import { RequestType, SEVERITY_CRITICAL, type ShakaError } from './shaka-namespace.js';
import { loadRealShaka, type RealShaka } from './testing/real-shaka.js';

const URL_WITH_TOKEN = 'https://cdn.example/film/secret-path.mpd?token=abcdef';

let shaka: RealShaka;
beforeAll(async () => {
  shaka = await loadRealShaka();
});

/** A real `shaka.util.Error`, by the names that Shaka gives its numbers. */
function errorOf(category: string, code: string, ...data: unknown[]): ShakaError {
  const { Error: ShakaErrorClass } = shaka.util;
  const number = ShakaErrorClass.Code[code];
  if (number === undefined) throw new Error(`Shaka has no code ${code} any more.`);

  return new ShakaErrorClass(SEVERITY_CRITICAL, ShakaErrorClass.Category[category] ?? 0, number, ...data);
}

const situation = (known: Partial<FailureSituation> = {}): FailureSituation => ({
  chosen: null,
  hasKeys: false,
  keyLoss: null,
  licenseFailure: null,
  ...known,
});
const codeOf = (error: unknown, known: Partial<FailureSituation> = {}) =>
  toPlaybackError(error, situation(known)).code;

describe('a number of Shaka', () => {
  it.each([
    ['MEDIA', 'MEDIA_SOURCE_OPERATION_FAILED', 3014, 'undecodable'],
    ['MEDIA', 'MEDIA_SOURCE_OPERATION_THREW', 3015, 'undecodable'],
    ['MEDIA', 'VIDEO_ERROR', 3016, 'undecodable'],
    ['MEDIA', 'QUOTA_EXCEEDED_ERROR', 3017, 'media-buffer-full'],
    ['MEDIA', 'TRANSMUXING_FAILED', 3018, 'undecodable'],
    ['MANIFEST', 'CONTENT_UNSUPPORTED_BY_BROWSER', 4032, 'media-unsupported'],
    ['MANIFEST', 'HLS_MSE_ENCRYPTED_MP2T_NOT_SUPPORTED', 4040, 'media-unsupported'],
    ['MANIFEST', 'HLS_KEYFORMATS_NOT_SUPPORTED', 4026, 'drm-configuration-missing'],
    ['DRM', 'NO_RECOGNIZED_KEY_SYSTEMS', 6000, 'drm-configuration-missing'],
    ['DRM', 'REQUESTED_KEY_SYSTEM_CONFIG_UNAVAILABLE', 6001, 'drm-unsupported'],
    ['DRM', 'FAILED_TO_CREATE_CDM', 6002, 'drm-setup-failed'],
    ['DRM', 'FAILED_TO_ATTACH_TO_VIDEO', 6003, 'drm-setup-failed'],
    ['DRM', 'INVALID_SERVER_CERTIFICATE', 6004, 'certificate-failed'],
    ['DRM', 'FAILED_TO_CREATE_SESSION', 6005, 'drm-setup-failed'],
    ['DRM', 'FAILED_TO_GENERATE_LICENSE_REQUEST', 6006, 'license-request-failed'],
    ['DRM', 'LICENSE_REQUEST_FAILED', 6007, 'license-unreachable'],
    ['DRM', 'LICENSE_RESPONSE_REJECTED', 6008, 'license-rejected'],
    ['DRM', 'ENCRYPTED_CONTENT_WITHOUT_DRM_INFO', 6010, 'drm-configuration-missing'],
    ['DRM', 'NO_LICENSE_SERVER_GIVEN', 6012, 'drm-configuration-missing'],
    ['DRM', 'EXPIRED', 6014, 'key-expired'],
    ['DRM', 'SERVER_CERTIFICATE_REQUIRED', 6015, 'certificate-failed'],
    ['DRM', 'INIT_DATA_TRANSFORM_ERROR', 6016, 'license-request-failed'],
    ['DRM', 'SERVER_CERTIFICATE_REQUEST_FAILED', 6017, 'certificate-failed'],
    ['DRM', 'MIN_HDCP_VERSION_NOT_MATCH', 6018, 'output-restricted'],
    ['DRM', 'MISSING_EME_SUPPORT', 6020, 'drm-disabled'],
  ])('%s.%s is %i and means %s', (category, code, engineCode, expected) => {
    expect(
      toPlaybackError(errorOf(category, code, URL_WITH_TOKEN), situation({ hasKeys: true })),
    ).toMatchObject({
      code: expected,
      engineCode,
      httpStatus: undefined,
    });
  });

  it.each([
    ['MEDIA', 'EBML_OVERFLOW', 'undecodable'],
    ['MANIFEST', 'DASH_INVALID_XML', 'manifest-invalid'],
    ['MANIFEST', 'HLS_PLAYLIST_HEADER_MISSING', 'manifest-invalid'],
    ['DRM', 'ERROR_CHECKING_HDCP_VERSION', 'drm-setup-failed'],
    ['TEXT', 'INVALID_TEXT_HEADER', 'text-track-failed'],
    ['STREAMING', 'STREAMING_ENGINE_STARTUP_INVALID_STATE', 'engine-failed'],
    ['STORAGE', 'STORAGE_LIMIT_REACHED', 'storage-full'],
    ['CAST', 'NO_CAST_RECEIVERS', 'cast-failed'],
    ['ADS', 'VAST_INVALID_XML', 'ads-failed'],
    ['PLAYER', 'NO_VIDEO_ELEMENT', 'engine-failed'],
  ])('%s.%s means %s', (category, code, expected) => {
    expect(codeOf(errorOf(category, code))).toBe(expected);
  });

  it('of a later Shaka goes by its category', () => {
    const later = (category: number) =>
      codeOf({ severity: 2, category, code: category * 1000 + 999, data: [] });

    expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(later)).toEqual([
      'segment-unavailable',
      'text-track-failed',
      'undecodable',
      'manifest-invalid',
      'engine-failed',
      'drm-setup-failed',
      'engine-failed',
      'cast-failed',
      'storage-failed',
      'ads-failed',
    ]);
    expect(later(11)).toBe('unknown');
  });
});

describe('what ends playback', () => {
  const critical = (category: string, code: string) => endsPlayback(errorOf(category, code));

  it('is a critical failure of the picture, its keys or the engine', () => {
    expect(critical('DRM', 'EXPIRED')).toBe(true);
    expect(critical('MEDIA', 'VIDEO_ERROR')).toBe(true);
    expect(endsPlayback(new PlaybackError('key-missing'))).toBe(true);
    expect(endsPlayback({ severity: 1, category: 6, code: 6014, data: [] })).toBe(false);
  });

  it('is no failure beside it, whatever Shaka calls it', () => {
    expect(critical('TEXT', 'INVALID_TEXT_CUE')).toBe(false);
    expect(critical('CAST', 'UNEXPECTED_CAST_ERROR')).toBe(false);
    expect(critical('ADS', 'CS_IMA_SDK_MISSING')).toBe(false);
    expect(critical('PLAYER', 'LOAD_INTERRUPTED')).toBe(false);
  });
});

describe('a network failure', () => {
  const badStatus = (type: number, status: number) =>
    errorOf('NETWORK', 'BAD_HTTP_STATUS', URL_WITH_TOKEN, status, 'body', {}, type, URL_WITH_TOKEN);
  const httpError = (type: number) =>
    errorOf('NETWORK', 'HTTP_ERROR', URL_WITH_TOKEN, new TypeError('x'), type);
  const timeout = (type: number) => errorOf('NETWORK', 'TIMEOUT', URL_WITH_TOKEN, type);
  const { MANIFEST, SEGMENT, KEY, LICENSE, SERVER_CERTIFICATE } = RequestType;

  it.each([
    [404, 'manifest-not-found'],
    [410, 'manifest-not-found'],
    [401, 'authentication-required'],
    [403, 'manifest-forbidden'],
    [500, 'manifest-unreachable'],
    [429, 'manifest-unreachable'],
  ])('of a manifest with %i is %s', (httpStatus, code) => {
    expect(toPlaybackError(badStatus(MANIFEST, httpStatus))).toMatchObject({
      code,
      httpStatus,
      engineCode: 1001,
    });
  });

  it.each([
    [401, 'authentication-required'],
    [403, 'license-refused'],
    [500, 'license-server-error'],
  ])('of an AES-128 key with %i is %s', (httpStatus, code) => {
    expect(toPlaybackError(badStatus(KEY, httpStatus))).toMatchObject({ code, httpStatus });
  });

  it('goes by what was being fetched', () => {
    const codes = (type: number) => [httpError(type), timeout(type)].map((error) => codeOf(error));

    expect(codes(MANIFEST)).toEqual(['manifest-unreachable', 'manifest-unreachable']);
    expect(codes(SEGMENT)).toEqual(['segment-unavailable', 'segment-unavailable']);
    expect(codes(KEY)).toEqual(['license-unreachable', 'license-timeout']);
    expect(codes(99)).toEqual(['segment-unavailable', 'segment-unavailable']);
    expect(codeOf(timeout(LICENSE))).toBe('license-timeout');
    expect(codeOf(badStatus(SERVER_CERTIFICATE, 500))).toBe('certificate-failed');
    expect(codeOf(badStatus(SEGMENT, 404))).toBe('segment-unavailable');
    expect(codeOf(badStatus(SEGMENT, 403))).toBe('segment-forbidden');
    expect(codeOf(errorOf('NETWORK', 'UNSUPPORTED_SCHEME', URL_WITH_TOKEN))).toBe('manifest-invalid');
  });

  describe('of a device without a network', () => {
    beforeEach(() => vi.stubGlobal('navigator', { onLine: false }));
    afterEach(() => vi.unstubAllGlobals());

    it('is `offline`, also where the license client has failed', () => {
      const unreachable = new PlaybackError('license-unreachable');

      expect(toPlaybackError(httpError(MANIFEST))).toMatchObject({
        code: 'offline',
        recovery: 'go-online',
        engineCode: 1002,
        cause: { name: 'PlaybackError' },
      });
      expect(codeOf(timeout(SEGMENT))).toBe('offline');
      expect(codeOf(errorOf('DRM', 'LICENSE_REQUEST_FAILED', unreachable))).toBe('offline');
      expect(codeOf(errorOf('DRM', 'EXPIRED'), { licenseFailure: unreachable })).toBe('offline');
    });

    it('stays what it is where a server has answered, or no network was wanted', () => {
      expect(codeOf(badStatus(SEGMENT, 503))).toBe('segment-unavailable');
      expect(codeOf(errorOf('MEDIA', 'VIDEO_ERROR'))).toBe('undecodable');
    });
  });

  it('leaves no URL, body or header in the error', () => {
    for (const error of [badStatus(MANIFEST, 404), httpError(SEGMENT), timeout(KEY)]) {
      const text = JSON.stringify(toPlaybackError(error));
      for (const secret of ['cdn.example', 'secret-path', 'abcdef', 'body'])
        expect(text).not.toContain(secret);
    }
  });
});

describe('RESTRICTIONS_CANNOT_BE_MET', () => {
  const restricted = (info?: object) =>
    errorOf('MANIFEST', 'RESTRICTIONS_CANNOT_BE_MET', ...(info ? [info] : []));

  it.each<[string, object | undefined, Partial<FailureSituation>, string]>([
    [
      'a restricted key',
      { missingKeys: ['a'], restrictedKeyStatuses: ['output-restricted'] },
      { hasKeys: true },
      'output-restricted',
    ],
    [
      'missing keys, others came',
      { missingKeys: ['a'], restrictedKeyStatuses: [] },
      { hasKeys: true },
      'wrong-key',
    ],
    ['missing keys, none came', { missingKeys: ['a'], restrictedKeyStatuses: [] }, {}, 'key-missing'],
    [
      'an expired key, which Shaka does not count',
      { hasAppRestrictions: true, missingKeys: ['a'], restrictedKeyStatuses: [] },
      { hasKeys: true, keyLoss: 'key-expired' },
      'key-expired',
    ],
    [
      'missing keys, whose license was refused',
      { missingKeys: ['a'], restrictedKeyStatuses: [] },
      { hasKeys: true, licenseFailure: new PlaybackError('plan-insufficient') },
      'plan-insufficient',
    ],
    [
      'a restricted key, whatever became of a renewal',
      { missingKeys: [], restrictedKeyStatuses: ['output-restricted'] },
      { hasKeys: true, licenseFailure: new PlaybackError('license-unreachable') },
      'output-restricted',
    ],
    [
      'the page’s own bounds',
      { hasAppRestrictions: true, missingKeys: [], restrictedKeyStatuses: [] },
      { hasKeys: true },
      'no-allowed-quality',
    ],
    ['no reason', undefined, { hasKeys: true }, 'no-allowed-quality'],
  ])('for %s', (_, info, known, code) => {
    const error = restricted(info);

    expect(error.code).toBe(4012);
    expect(codeOf(error, known)).toBe(code);
  });
});

describe('EXPIRED', () => {
  it('is told as the failure of the renewal, where there was one', () => {
    const licenseFailure = new PlaybackError('subscription-expired');

    expect(codeOf(errorOf('DRM', 'EXPIRED'), { licenseFailure })).toBe('subscription-expired');
  });
});

describe('a license request that the module cannot make', () => {
  const failed = () =>
    errorOf('DRM', 'FAILED_TO_GENERATE_LICENSE_REQUEST', 'x', new DOMException('x', 'InvalidStateError'));
  const chosen = (name: string, rest: object = {}) => ({
    name,
    configuration: { licenseUrl: '/l', ...rest },
  });

  it('for want of FairPlay’s certificate says so, and what to set', () => {
    const error = toPlaybackError(failed(), situation({ chosen: chosen('com.apple.fps') }));

    expect(error.code).toBe('certificate-failed');
    expect(error.message).toContain('serverCertificateUrl');
  });

  it.each([
    chosen('com.apple.fps', { serverCertificateUrl: '/c' }),
    chosen('com.apple.fps', { serverCertificate: new Uint8Array(1) }),
    chosen('com.widevine.alpha'),
  ])('for anything else does not: %#', (other) => {
    expect(codeOf(failed(), { chosen: other })).toBe('license-request-failed');
  });
});

describe('an error of ours inside one of Shaka’s', () => {
  const ours = new PlaybackError('subscription-expired', { httpStatus: 403 });

  it('is that error, however deep', () => {
    const network = errorOf('NETWORK', 'HTTP_ERROR', ours);

    expect(toPlaybackError(ours)).toBe(ours);
    expect(toPlaybackError(network)).toBe(ours);
    expect(toPlaybackError(errorOf('DRM', 'LICENSE_REQUEST_FAILED', network, {}))).toBe(ours);
    expect(toPlaybackError(errorOf('NETWORK', 'REQUEST_FILTER_ERROR', ours))).toBe(ours);
  });

  it('is not looked for without end', () => {
    const data: unknown[] = [];
    const loop = { severity: 2, category: 6, code: 6007, data };
    data.push(loop);

    expect(codeOf(loop)).toBe('license-unreachable');
  });
});

it('is `unknown` for what is no error of Shaka', () => {
  for (const value of [
    null,
    undefined,
    'text',
    new TypeError('x'),
    { code: 1001 },
    { code: 1, category: 1, data: 'x' },
  ]) {
    expect(codeOf(value)).toBe('unknown');
  }
});

it('tells a load that was called off from a failure', () => {
  expect(isShakaAbort(errorOf('PLAYER', 'LOAD_INTERRUPTED'))).toBe(true);
  expect(isShakaAbort(errorOf('PLAYER', 'OPERATION_ABORTED'))).toBe(true);
  expect(isShakaAbort(errorOf('NETWORK', 'TIMEOUT'))).toBe(false);
  expect(isShakaAbort(new DOMException('x', 'AbortError'))).toBe(false);
});

it('uses the numbers that Shaka has', () => {
  expect(shaka.net.NetworkingEngine.RequestType).toMatchObject(RequestType);
  expect(shaka.util.Error.Severity['CRITICAL']).toBe(SEVERITY_CRITICAL);
  expect(shaka.util.Error.Category).toMatchObject({
    NETWORK: 1,
    TEXT: 2,
    MEDIA: 3,
    MANIFEST: 4,
    STREAMING: 5,
    DRM: 6,
  });
});
