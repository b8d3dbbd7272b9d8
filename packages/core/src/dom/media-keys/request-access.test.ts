import { afterEach, describe, expect, it, vi } from 'vitest';

import type { KeySystemConfiguration } from '../../source/source.js';
import { stubEme } from '../testing/eme-double.js';
import { requestAccess } from './request-access.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

const system = (name: string, rest: Partial<KeySystemConfiguration> = {}) => ({
  name,
  configuration: { licenseUrl: '/license', ...rest } as KeySystemConfiguration,
});

const refuse = (): never => {
  throw new DOMException('no', 'NotSupportedError');
};

describe('access', () => {
  it('is that of the first key system that the browser has; the rest are not asked for', async () => {
    const { requestMediaKeySystemAccess } = stubEme({
      grant: (name, [first]) => (name === 'com.widevine.alpha' ? refuse() : (first ?? refuse())),
    });
    const names = ['com.widevine.alpha', 'org.w3.clearkey', 'com.microsoft.playready'];
    const granted = await requestAccess(names.map((name) => system(name)));

    expect(granted.keySystem.name).toBe('org.w3.clearkey');
    expect(requestMediaKeySystemAccess.mock.calls.map(([name]) => name)).toEqual(names.slice(0, 2));
  });

  it('is asked for at each level of robustness, best first', async () => {
    const { requestMediaKeySystemAccess } = stubEme();
    await requestAccess([
      system('com.widevine.alpha', {
        videoRobustness: ['HW_SECURE_ALL', 'SW_SECURE_DECODE'],
        audioRobustness: ['SW_SECURE_CRYPTO'],
        sessionType: 'persistent-license',
      }),
    ]);
    const configurations = requestMediaKeySystemAccess.mock.calls[0]?.[1];

    expect(configurations).toMatchObject(
      ['HW_SECURE_ALL', 'SW_SECURE_DECODE'].map((robustness) => ({
        videoCapabilities: [{ robustness }],
        audioCapabilities: [{ robustness: 'SW_SECURE_CRYPTO' }],
        sessionTypes: ['persistent-license'],
        persistentState: 'required',
      })),
    );
  });

  it('is asked for by the codecs of the page', async () => {
    const { requestMediaKeySystemAccess } = stubEme();
    await requestAccess([system('org.w3.clearkey')], ['audio/mp4; codecs="opus"']);
    const [configuration] = requestMediaKeySystemAccess.mock.calls[0]?.[1] ?? [];

    expect(configuration?.audioCapabilities).toEqual([{ contentType: 'audio/mp4; codecs="opus"' }]);
    expect(configuration).not.toHaveProperty('videoCapabilities');
  });
});

describe('without access', () => {
  it('the names of what was asked for are told', async () => {
    stubEme({ grant: refuse });

    await expect(
      requestAccess([system('com.widevine.alpha'), system('org.w3.clearkey')]),
    ).rejects.toMatchObject({
      code: 'drm-unsupported',
      message: expect.stringContaining('com.widevine.alpha, org.w3.clearkey'),
    });
  });

  it('a browser without EME is not a page without HTTPS', async () => {
    vi.stubGlobal('navigator', {});
    await expect(requestAccess([system('org.w3.clearkey')])).rejects.toMatchObject({
      code: 'drm-disabled',
    });

    vi.stubGlobal('isSecureContext', false);
    await expect(requestAccess([system('org.w3.clearkey')])).rejects.toMatchObject({
      code: 'drm-insecure-context',
    });
  });
});
