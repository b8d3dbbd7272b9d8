import { expect, it, vi } from 'vitest';

import { probeKeySystem } from './probe-key-system.js';

function stubNavigator(answer: () => Promise<object>) {
  const requestMediaKeySystemAccess = vi.fn((_name: string, _configurations: object[]) => answer());
  vi.stubGlobal('navigator', { requestMediaKeySystemAccess });

  return requestMediaKeySystemAccess;
}

it('asks once for the key system, with capabilities that every browser takes', async () => {
  const request = stubNavigator(async () => ({}));

  expect(await probeKeySystem('org.w3.clearkey')).toBe(true);
  expect(request).toHaveBeenCalledExactlyOnceWith('org.w3.clearkey', [
    expect.objectContaining({
      videoCapabilities: [expect.objectContaining({ contentType: expect.any(String) })],
    }),
  ]);
});

it('is false where the browser refuses, or has no EME at all', async () => {
  stubNavigator(() => Promise.reject(new DOMException('no', 'NotSupportedError')));
  expect(await probeKeySystem('com.widevine.alpha')).toBe(false);

  vi.stubGlobal('navigator', {});
  expect(await probeKeySystem('com.widevine.alpha')).toBe(false);
});

it('asks for one of the levels, and for persistent licenses, where the source wants them', async () => {
  const request = stubNavigator(async () => ({}));
  await probeKeySystem('com.widevine.alpha', {
    videoRobustness: ['HW_SECURE_ALL', 'SW_SECURE_DECODE'],
    audioRobustness: ['SW_SECURE_CRYPTO'],
    sessionType: 'persistent-license',
  });

  expect(request.mock.calls[0]?.[1]).toEqual([
    expect.objectContaining({
      videoCapabilities: [
        expect.objectContaining({ robustness: 'HW_SECURE_ALL' }),
        expect.objectContaining({ robustness: 'SW_SECURE_DECODE' }),
      ],
      audioCapabilities: [expect.objectContaining({ robustness: 'SW_SECURE_CRYPTO' })],
      sessionTypes: ['persistent-license'],
      persistentState: 'required',
    }),
  ]);
});

it('asks for nothing that the source does not want', async () => {
  const request = stubNavigator(async () => ({}));
  await probeKeySystem('org.w3.clearkey', { sessionType: 'temporary', videoRobustness: [] });

  expect(request.mock.calls[0]?.[1]).toEqual([
    { initDataTypes: ['cenc', 'sinf', 'skd'], videoCapabilities: [{ contentType: expect.any(String) }] },
  ]);
});
