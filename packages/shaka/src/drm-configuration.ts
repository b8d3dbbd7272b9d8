import { toBytes, type KeySystemConfiguration, type ResolvedSource } from '@secure-player/core';
import { keyIdsOfPssh, parseKeyId, readPsshBoxes, SYSTEM_IDS, writePsshBox } from '@secure-player/protocol';

type ChosenKeySystem = ResolvedSource['keySystems'][number];

const CLEAR_KEY = 'org.w3.clearkey';
const WIDEVINE = 'com.widevine.alpha';

/** Stands for a license URL that only the request knows, so that Shaka does not end in 6012. */
const URL_FROM_MANIFEST = '';

/**
 * Shaka's `drm` configuration for the one key system that was chosen; `{}` for a clear title.
 *
 * Retries, timeouts and credentials are the license client's, so Shaka makes one attempt and waits for it.
 */
export function createDrmConfiguration(chosen: ChosenKeySystem | null, source: ResolvedSource): object {
  if (!chosen) return {};

  const { name, configuration } = chosen;
  const patience = { retryParameters: { maxAttempts: 1, timeout: 0, stallTimeout: 0, connectionTimeout: 0 } };
  if (configuration.keys) return { ...patience, clearKeys: toClearKeys(configuration.keys) };
  if (name === CLEAR_KEY && source.type === 'hls') {
    return { ...patience, ...clearKeyOverHls(configuration), ...oneClearKeyRequest(source) };
  }

  return {
    ...patience,
    servers: { [name]: configuration.licenseUrl ?? URL_FROM_MANIFEST },
    preferredKeySystems: [name],
    advanced: { [name]: toAdvanced(configuration) },
    ...(name === CLEAR_KEY && oneClearKeyRequest(source)),
  };
}

/**
 * HLS has no line for Clear Key with a license server. So Shaka is told that Widevine, whose lines carry the key ids, is
 * Clear Key under another name: the browser is asked for `org.w3.clearkey` only, and never for Widevine.
 */
function clearKeyOverHls(configuration: KeySystemConfiguration): object {
  return {
    servers: { [WIDEVINE]: configuration.licenseUrl ?? URL_FROM_MANIFEST },
    keySystemsMapping: { [WIDEVINE]: CLEAR_KEY },
    // An empty level stops Shaka from asking for the levels that it knows Widevine has.
    advanced: { [WIDEVINE]: { ...toAdvanced(configuration), videoRobustness: [''], audioRobustness: [''] } },
  };
}

/**
 * Rewrites init data as the common PSSH (version 1), which is what Clear Key reads, so that a title takes one license
 * request: with all key ids that the source lists, or else with its own, sorted. Shaka drops init data that it has seen.
 */
function oneClearKeyRequest({ source }: ResolvedSource): object {
  const listed = (source.keyIds ?? []).map((keyId) => parseKeyId(keyId)).sort();

  return {
    // Shaka warns of a callback that does not name all three of its arguments.
    initDataTransform(initData: Uint8Array, initDataType: string, _drmInfo: unknown): Uint8Array {
      if (initDataType !== 'cenc') return initData;

      const own = [...new Set(readPsshBoxes(initData).flatMap((box) => keyIdsOfPssh(box)))].sort();
      if (own.length === 0) return initData;

      const keyIds = own.every((keyId) => listed.includes(keyId)) ? listed : own;
      return writePsshBox({ systemId: SYSTEM_IDS.common, keyIds });
    },
  };
}

function toAdvanced(configuration: KeySystemConfiguration): object {
  const { serverCertificate, serverCertificateUrl, videoRobustness, audioRobustness, sessionType } =
    configuration;
  const persistent = sessionType === 'persistent-license';

  return {
    ...(serverCertificate && { serverCertificate: toBytes(serverCertificate) }),
    ...(serverCertificateUrl !== undefined && { serverCertificateUri: serverCertificateUrl }),
    ...(videoRobustness && { videoRobustness }),
    ...(audioRobustness && { audioRobustness }),
    ...(persistent && { sessionType, persistentStateRequired: true }),
  };
}

function toClearKeys(keys: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(keys).map(([keyId, key]) => [parseKeyId(keyId), key.toLowerCase()]),
  );
}
