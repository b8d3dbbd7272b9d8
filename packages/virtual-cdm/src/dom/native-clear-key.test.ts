import { expect, it, vi } from 'vitest';

import { NativeClearKey } from './native-clear-key.js';
import type { NativeEme } from './native-eme.js';

function setup(answer: NativeEme['requestMediaKeySystemAccess']) {
  const request = vi.fn(answer);
  const clearKey = new NativeClearKey({
    requestMediaKeySystemAccess: request,
    setMediaKeys: async () => {},
    mediaKeysOf: () => null,
  });
  return { clearKey, request };
}

const granted = async () => ({}) as MediaKeySystemAccess;
const refused = async () => {
  throw new DOMException('no', 'NotSupportedError');
};

it('asks the browser’s Clear Key for the one capability, and for each only once', async () => {
  const { clearKey, request } = setup(granted);
  for (const _ of [1, 2]) expect(await clearKey.canDecrypt('video', 'video/mp4', 'cbcs')).toBe(true);
  expect(await clearKey.canDecrypt('audio', 'audio/mp4', null)).toBe(true);

  expect(request.mock.calls).toEqual([
    [
      'org.w3.clearkey',
      [{ videoCapabilities: [{ contentType: 'video/mp4', robustness: '', encryptionScheme: 'cbcs' }] }],
    ],
    [
      'org.w3.clearkey',
      [{ audioCapabilities: [{ contentType: 'audio/mp4', robustness: '', encryptionScheme: null }] }],
    ],
  ]);
});

it('takes a refusal for a no', async () => {
  expect(await setup(refused).clearKey.canDecrypt('video', 'video/mp4', 'cens')).toBe(false);
});

it('passes on why there is no Clear Key', async () => {
  const { clearKey, request } = setup(refused);
  await expect(clearKey.access()).rejects.toThrow(DOMException);
  await expect(clearKey.createMediaKeys()).rejects.toThrow(DOMException);

  expect(request).toHaveBeenCalledOnce();
});
