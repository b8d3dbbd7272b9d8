import { expect, it, vi } from 'vitest';

import { offlineRightsOf, type OfflineRightsBackend } from './offline-rights-of-backend.js';

const { signal } = new AbortController();
const TERMS = {
  handle: 'handle',
  contentId: 'film',
  expiresAt: null,
  startBy: null,
  playWithinSeconds: null,
  renewable: true,
  serverTime: 1,
};
const GRANT = { ...TERMS, id: 'secret', source: { src: '/film.mpd' } };
const CHECK = {
  ...TERMS,
  status: 'active',
  createdAt: 1,
  renewedAt: null,
  firstPlayedAt: null,
  endedAt: null,
} as const;

function setup() {
  const backend = {
    openOfflineLicense: vi.fn<OfflineRightsBackend['openOfflineLicense']>(async () => GRANT),
    renewOfflineLicense: vi.fn<OfflineRightsBackend['renewOfflineLicense']>(async () => GRANT),
    checkOfflineLicense: vi.fn<OfflineRightsBackend['checkOfflineLicense']>(async () => CHECK),
    reportFirstPlay: vi.fn<OfflineRightsBackend['reportFirstPlay']>(async () => CHECK),
  };
  let count = 0;
  const rights = offlineRightsOf(backend, {
    deviceId: async () => 'device',
    randomId: () => `random-${(count += 1)}`,
  });

  return { backend, rights };
}

it('opens a license for this device, in the format of the title', async () => {
  const { backend, rights } = setup();
  expect(await rights.open({ src: '/film.m3u8', id: 'film' }, { signal })).toBe(GRANT);

  expect(backend.openOfflineLicense).toHaveBeenCalledExactlyOnceWith(
    { contentId: 'film', deviceId: 'device', format: 'hls' },
    { signal, idempotencyKey: 'random-1' },
  );
});

it('asks again by the same key until there was an answer, and by another after that', async () => {
  const { backend, rights } = setup();
  const source = { src: '/film.mpd', id: 'film' };
  backend.openOfflineLicense.mockRejectedValueOnce(new Error('lost'));
  await expect(rights.open(source, { signal })).rejects.toThrow('lost');
  await rights.open(source, { signal });
  await rights.open(source, { signal });

  expect(backend.openOfflineLicense.mock.calls.map(([, options]) => options?.idempotencyKey)).toEqual([
    'random-1',
    'random-1',
    'random-2',
  ]);
});

it('passes the rest on', async () => {
  const { backend, rights } = setup();
  await rights.renew('secret', { signal });
  await rights.check('secret', { signal });
  await rights.reportFirstPlay('secret', 5, { signal });

  expect(backend.renewOfflineLicense).toHaveBeenCalledExactlyOnceWith('secret', { signal });
  expect(backend.checkOfflineLicense).toHaveBeenCalledExactlyOnceWith('secret', { signal });
  expect(backend.reportFirstPlay).toHaveBeenCalledExactlyOnceWith('secret', 5, { signal });
});
