import { vi } from 'vitest';

import type {
  ShakaAudioTrack,
  ShakaNetworkingEngine,
  ShakaPlayer,
  ShakaSessionMetadata,
  ShakaTextTrack,
  ShakaTrack,
} from '../shaka-namespace.js';

/** What a {@link createFakeShakaPlayer} answers; a test changes it as it goes. */
export interface FakeTitle {
  tracks: ShakaTrack[];
  audio: ShakaAudioTrack[];
  text: ShakaTextTrack[];
  keyStatuses: Record<string, string>;
  expiration: number;
  sessions: ShakaSessionMetadata[];
  configuration: ReturnType<ShakaPlayer['getConfiguration']>;
}

/** A `shaka.Player` that plays nothing and remembers what it was told. */
export function createFakeShakaPlayer(initial: Partial<FakeTitle> = {}) {
  const title: FakeTitle = {
    tracks: [],
    audio: [],
    text: [],
    keyStatuses: {},
    sessions: [],
    expiration: Number.POSITIVE_INFINITY,
    configuration: { abr: { droppedFrames: true }, drm: { initDataTransform: (initData) => initData } },
    ...initial,
  };
  const listeners: { type: string; listener: Parameters<ShakaPlayer['addEventListener']>[1] }[] = [];
  const network = {
    registerRequestFilter: vi.fn<ShakaNetworkingEngine['registerRequestFilter']>(),
    registerResponseFilter: vi.fn<ShakaNetworkingEngine['registerResponseFilter']>(),
    addEventListener: vi.fn<ShakaNetworkingEngine['addEventListener']>(),
  } satisfies ShakaNetworkingEngine;
  const player = {
    attach: vi.fn<ShakaPlayer['attach']>(async () => {}),
    load: vi.fn<ShakaPlayer['load']>(async () => {}),
    unload: vi.fn<ShakaPlayer['unload']>(async () => {}),
    destroy: vi.fn<ShakaPlayer['destroy']>(async () => {}),
    configure: vi.fn<ShakaPlayer['configure']>(() => true),
    getConfiguration: () => title.configuration,
    getNetworkingEngine: () => network,
    getVariantTracks: () => title.tracks,
    getAudioTracks: () => title.audio,
    getTextTracks: () => title.text,
    selectVariantTrack: vi.fn<ShakaPlayer['selectVariantTrack']>(),
    selectAudioTrack: vi.fn<ShakaPlayer['selectAudioTrack']>(),
    selectTextTrack: vi.fn<ShakaPlayer['selectTextTrack']>(),
    addTextTrackAsync: vi.fn<ShakaPlayer['addTextTrackAsync']>(async (_uri, language, kind) => ({
      id: 1_000_000_000,
      active: false,
      language,
      label: null,
      kind,
      roles: [],
      forced: false,
    })),
    getKeyStatuses: () => title.keyStatuses,
    getExpiration: () => title.expiration,
    getActiveSessionsMetadata: () => title.sessions,
    renewLicense: vi.fn<ShakaPlayer['renewLicense']>(),
    retryLicensing: vi.fn<ShakaPlayer['retryLicensing']>(async () => true),
    isLive: () => false,
    retryStreaming: vi.fn<ShakaPlayer['retryStreaming']>(() => true),
    addEventListener: (type, listener) => void listeners.push({ type, listener }),
  } satisfies ShakaPlayer;
  /** What the player reports. */
  const emit = (type: string, detail?: unknown, state?: string) => {
    for (const entry of listeners) if (entry.type === type) entry.listener({ detail, state });
  };

  return { player, title, network, emit };
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
    audioId: 1,
    language: 'en',
    ...rest,
  };
}

/** A language of the sound. */
export function createAudioTrack(language: string, rest: Partial<ShakaAudioTrack> = {}): ShakaAudioTrack {
  return {
    active: false,
    language,
    label: null,
    roles: [],
    codecs: 'mp4a.40.2',
    channelsCount: 2,
    spatialAudio: false,
    originalLanguage: language,
    accessibilityPurpose: null,
    ...rest,
  };
}

/** A language of the text. */
export function createTextTrack(
  id: number,
  language: string,
  rest: Partial<ShakaTextTrack> = {},
): ShakaTextTrack {
  return { id, language, active: false, label: null, kind: 'subtitle', roles: [], forced: false, ...rest };
}
