import type { OfflineTitle, OfflineTitles } from '@secure-player/core';
import { vi } from 'vitest';

/** A title on this device that plays for ever and has nothing but its manifest. */
export function createFakeTitle(change: Partial<OfflineTitle> = {}) {
  return {
    manifestUrl: 'https://page.example/kept.mpd',
    type: 'dash',
    license: { mode: 'none' },
    expiresAt: () => null,
    read: vi.fn<OfflineTitle['read']>(async () => null),
    notePlayed: vi.fn<OfflineTitle['notePlayed']>(async () => {}),
    close: vi.fn<OfflineTitle['close']>(),
    ...change,
  } satisfies OfflineTitle;
}

/** A device that has one title, or nothing. */
export function createFakeTitles(title: OfflineTitle | null) {
  return {
    open: vi.fn<OfflineTitles['open']>(async () => title),
    renewLicense: vi.fn<OfflineTitles['renewLicense']>(async () => {}),
  } satisfies OfflineTitles;
}
