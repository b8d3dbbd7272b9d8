import {
  toBytes,
  toPlaybackError,
  type KeySystemConfiguration,
  type OfflineTitleLicense,
  type ResolvedSource,
} from '@secure-player/core';

import type { LicenseHandler } from '../intercept-licenses.js';
import type { InitDataTransform } from '../shaka-namespace.js';

/** How a title on this device gets its keys, as Shaka is told. */
export interface OfflineProtection {
  readonly keySystems: ResolvedSource['keySystems'];
  /** What answers the module's messages; `online` as for a title from the network, null where it may not have any. */
  readonly licenses: LicenseHandler | 'online' | null;
  /** Goes over Shaka's other `drm` configuration. */
  readonly drm: object;
}

type License<Mode extends OfflineTitleLicense['mode']> = Extract<OfflineTitleLicense, { mode: Mode }>;

/** Shaka wants to know of a server. None is ever asked: the name is one that can belong to nobody (RFC 2606). */
const NOBODY = 'https://license.invalid/';

/** Tells how a title on this device gets its keys. */
export function protectionOf(license: OfflineTitleLicense, source: ResolvedSource): OfflineProtection {
  switch (license.mode) {
    case 'none':
      return { keySystems: source.keySystems.filter(hasKeys), licenses: 'online', drm: {} };
    case 'online-license':
      return { keySystems: source.keySystems, licenses: 'online', drm: {} };
    case 'vault':
      return ofVault(license, source);
    case 'persistent':
      return ofModule(license, source);
    default:
      return license satisfies never;
  }
}

/** Keys that the page gives need nobody, whether there is a network or not. */
function hasKeys({ configuration }: ResolvedSource['keySystems'][number]): boolean {
  return configuration.keys !== undefined;
}

function ofVault(license: License<'vault'>, source: ResolvedSource): OfflineProtection {
  const { keySystem } = license;
  const configuration = { ...withoutNetwork(source, keySystem), sessionType: 'temporary' as const };

  return {
    keySystems: [{ name: keySystem, configuration }],
    drm: {},
    async licenses(_url, { body }) {
      try {
        return await license.answer(body ? toBytes(body as BufferSource) : new Uint8Array());
      } catch (error) {
        throw toPlaybackError(error, 'storage-failed');
      }
    },
  };
}

function ofModule({ keySystem, sessions }: License<'persistent'>, source: ResolvedSource): OfflineProtection {
  const [first] = sessions;
  const configuration = {
    ...withoutNetwork(source, keySystem),
    sessionType: 'persistent-license' as const,
  };
  // Shaka makes no session of init data that one of the stored sessions is of: so whatever a manifest has is taken for that.
  const toKnown: InitDataTransform = (initData, _initDataType, _drmInfo) => first?.initData ?? initData;

  return {
    keySystems: [{ name: keySystem, configuration }],
    licenses: null,
    drm: {
      persistentSessionsMetadata: sessions.map(({ sessionId, initDataType, initData }) => ({
        sessionId,
        initDataType,
        initData,
      })),
      // Without it Shaka would, at its end, remove stored sessions that it does not know by their ids yet.
      persistentSessionOnlinePlayback: true,
      initDataTransform: toKnown,
    },
  };
}

/** What a page has said of a key system, save for what is fetched. */
function withoutNetwork({ keySystems }: ResolvedSource, keySystem: string): KeySystemConfiguration {
  const given = keySystems.find(({ name }) => name === keySystem)?.configuration;
  const { serverCertificate, videoRobustness, audioRobustness, getContentId } = given ?? {};

  return { licenseUrl: NOBODY, serverCertificate, videoRobustness, audioRobustness, getContentId };
}
