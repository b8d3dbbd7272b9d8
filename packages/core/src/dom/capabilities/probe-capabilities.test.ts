import { afterEach, expect, it, vi } from 'vitest';

import { probeCapabilities } from './probe-capabilities.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

type Ask = (name: string, configurations: MediaKeySystemConfiguration[]) => boolean;

function stubBrowser(grants: Ask, mediaKeys: object = {}) {
  const requestMediaKeySystemAccess = vi.fn(
    async (name: string, configurations: MediaKeySystemConfiguration[]) => {
      if (!grants(name, configurations)) throw new DOMException('no', 'NotSupportedError');
      return { createMediaKeys: async () => mediaKeys };
    },
  );
  vi.stubGlobal('navigator', { requestMediaKeySystemAccess });

  return requestMediaKeySystemAccess;
}

it('tells which key systems there are, with their levels, persistence and HDCP', async () => {
  stubBrowser(
    (name, [configuration]) => {
      const level = configuration?.videoCapabilities?.[0]?.robustness;
      return name === 'com.widevine.alpha' && (level === undefined || level.startsWith('SW_'));
    },
    {
      getStatusForPolicy: async ({ minHdcpVersion }: { minHdcpVersion: string }) =>
        minHdcpVersion === '1.4' ? 'usable' : 'output-restricted',
    },
  );

  expect(await probeCapabilities()).toEqual({
    status: 'ready',
    keySystems: [
      {
        keySystem: 'com.widevine.alpha',
        videoRobustness: ['SW_SECURE_DECODE', 'SW_SECURE_CRYPTO'],
        persistentLicense: true,
        hdcp: '1.4',
      },
    ],
  });
});

it('knows no HDCP where the browser does not tell', async () => {
  stubBrowser((name, [configuration]) => {
    return name === 'org.w3.clearkey' && configuration?.sessionTypes?.[0] === 'temporary';
  });

  expect((await probeCapabilities()).keySystems).toEqual([
    { keySystem: 'org.w3.clearkey', videoRobustness: [], persistentLicense: false, hdcp: null },
  ]);
});

it('is ready with nothing where there is no EME at all', async () => {
  vi.stubGlobal('navigator', {});

  expect(await probeCapabilities()).toEqual({ status: 'ready', keySystems: [] });
});
