import { toBytes, type KeySystemConfiguration, type ResolvedSource } from '@secure-player/core';
import { parseKeyId } from '@secure-player/protocol';

import { isPlayReady, PLAYREADY, PLAYREADY_NAMES } from './playready-names.js';
import type { InitDataTransform } from './shaka-namespace.js';

type ChosenKeySystem = ResolvedSource['keySystems'][number];

const CLEAR_KEY = 'org.w3.clearkey';
const WIDEVINE = 'com.widevine.alpha';

/** The names that Shaka's manifest parsers know key systems by. */
const NAMES_IN_MANIFESTS = [CLEAR_KEY, WIDEVINE, PLAYREADY, 'com.apple.fps', 'com.huawei.wiseplay'];

/** A key system that no browser has. */
const NOT_WANTED = 'secure-player.not-wanted';

/** Stands for a license URL that only the request knows, so that Shaka does not end in 6012. */
const URL_FROM_MANIFEST = '';

/**
 * Licenses are the license client's business, with its retries and time limits: Shaka sees each fail once, critically, and
 * tries no more. What is left is the server certificate. `timeout` is that of the transport, which our own answers pass by;
 * the other two would bound licenses too.
 */
const PATIENCE = Object.freeze({
  maxAttempts: 2,
  baseDelay: 300,
  timeout: 10_000,
  stallTimeout: 0,
  connectionTimeout: 0,
});

/** Shaka's `drm` configuration for the one key system that was chosen; `{}` for a clear title. */
export function createDrmConfiguration(
  chosen: ChosenKeySystem | null,
  source: ResolvedSource,
  initDataTransform: InitDataTransform | undefined,
): object {
  if (!chosen) return {};

  const { name, configuration } = chosen;
  const patience = { retryParameters: PATIENCE };
  if (configuration.keys) return { ...patience, clearKeys: toClearKeys(configuration.keys) };

  const nameInManifest = toNameInManifest(name, source);
  return {
    ...patience,
    servers: { [nameInManifest]: configuration.licenseUrl ?? URL_FROM_MANIFEST },
    preferredKeySystems: [name],
    keySystemsMapping: toMapping(name, nameInManifest),
    advanced: toAdvancedByName(name, nameInManifest, configuration),
    ...(initDataTransform && { initDataTransform }),
  };
}

/**
 * HLS has no line for Clear Key with a license server. So Shaka is told that Widevine, whose lines carry the key ids, is
 * Clear Key under another name: the browser is asked for `org.w3.clearkey` only, and never for Widevine. PlayReady has one
 * name in manifests and several in browsers.
 */
function toNameInManifest(name: string, { type }: ResolvedSource): string {
  if (name === CLEAR_KEY && type === 'hls') return WIDEVINE;

  return isPlayReady(name) ? PLAYREADY : name;
}

/**
 * What Shaka calls what it finds in a manifest. All that was not chosen goes by a name that no browser has: else Shaka,
 * where it cannot have the one that was chosen, would ask for the others, which may load a module, and would even play
 * by one of them with a license server that the manifest names.
 */
function toMapping(name: string, nameInManifest: string): Record<string, string> {
  const others = NAMES_IN_MANIFESTS.filter((other) => other !== nameInManifest && other !== name);

  return {
    ...Object.fromEntries(others.map((other) => [other, NOT_WANTED])),
    ...(name !== nameInManifest && { [nameInManifest]: name }),
    // On Windows Shaka sets one name of PlayReady for another by itself.
    ...(isPlayReady(name) && name !== PLAYREADY && { [name]: name }),
  };
}

/** Shaka reads the certificate and the session type by the manifest's name, and robustness by the browser's. */
function toAdvancedByName(
  name: string,
  nameInManifest: string,
  configuration: KeySystemConfiguration,
): Record<string, object> {
  const advanced = {
    ...toAdvanced(configuration),
    // An empty level stops Shaka from asking for the levels that it knows Widevine has.
    ...(name === CLEAR_KEY &&
      nameInManifest === WIDEVINE && { videoRobustness: [''], audioRobustness: [''] }),
  };
  const names = isPlayReady(name) ? PLAYREADY_NAMES : [];

  return Object.fromEntries([name, nameInManifest, ...names].map((key) => [key, advanced]));
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
