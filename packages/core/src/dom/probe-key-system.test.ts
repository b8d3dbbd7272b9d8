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
