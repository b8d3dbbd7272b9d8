import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { checkEncryptedMedia } from './check-encrypted-media.js';

beforeEach(() => {
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('document', {});
  vi.stubGlobal('navigator', { requestMediaKeySystemAccess: () => {} });
});
afterEach(() => vi.unstubAllGlobals());

it('lets a secure page with EME play', () => {
  expect(() => checkEncryptedMedia()).not.toThrow();
});

it.each([
  ['drm-insecure-context', 'isSecureContext', false],
  ['drm-disabled', 'navigator', {}],
  ['drm-disabled', 'navigator', { requestMediaKeySystemAccess: undefined }],
  ['drm-blocked', 'document', { featurePolicy: { allowsFeature: () => false } }],
])('is %s by its %s', (code, name, value) => {
  vi.stubGlobal(name, value);

  expect(() => checkEncryptedMedia()).toThrow(expect.objectContaining({ code }));
});

it('asks about encrypted media, and no other feature', () => {
  const allowsFeature = vi.fn<(name: string) => boolean>(() => true);
  vi.stubGlobal('document', { featurePolicy: { allowsFeature } });
  checkEncryptedMedia();

  expect(allowsFeature).toHaveBeenCalledExactlyOnceWith('encrypted-media');
});
