import { vi } from 'vitest';

import type { ShakaAudioTrack, ShakaPlayer, ShakaTextTrack, ShakaTrack } from '../shaka-namespace.js';

/** What a {@link createFakeShakaPlayer} answers; a test changes it as it goes. */
export interface FakeTitle {
  tracks: ShakaTrack[];
  audio: ShakaAudioTrack[];
  text: ShakaTextTrack[];
  keyStatuses: Record<string, string>;
}

/** A `shaka.Player` that plays nothing and remembers what it was told. */
export function createFakeShakaPlayer(initial: Partial<FakeTitle> = {}) {
  const title: FakeTitle = { tracks: [], audio: [], text: [], keyStatuses: {}, ...initial };
  const player = {
    attach: vi.fn<ShakaPlayer['attach']>(async () => {}),
    load: vi.fn<ShakaPlayer['load']>(async () => {}),
    unload: vi.fn<ShakaPlayer['unload']>(async () => {}),
    destroy: vi.fn<ShakaPlayer['destroy']>(async () => {}),
    configure: vi.fn<ShakaPlayer['configure']>(() => true),
    getNetworkingEngine: () => null,
    getVariantTracks: () => title.tracks,
    getAudioTracks: () => title.audio,
    getTextTracks: () => title.text,
    selectVariantTrack: vi.fn<ShakaPlayer['selectVariantTrack']>(),
    selectAudioTrack: vi.fn<ShakaPlayer['selectAudioTrack']>(),
    selectTextTrack: vi.fn<ShakaPlayer['selectTextTrack']>(),
    getKeyStatuses: () => title.keyStatuses,
    getExpiration: () => Number.POSITIVE_INFINITY,
    isLive: () => false,
    addEventListener: vi.fn<ShakaPlayer['addEventListener']>(),
  } satisfies ShakaPlayer;

  return { player, title };
}

/** One pairing of picture and sound. */
export function createTrack(height: number, rest: Partial<ShakaTrack> = {}): ShakaTrack {
  return {
    active: false,
    bandwidth: height * 1_000 + 128,
    videoBandwidth: height * 1_000,
    width: (height * 16) / 9,
    height,
    frameRate: 25,
    videoCodec: 'avc1.64001f',
    language: 'en',
    ...rest,
  };
}
