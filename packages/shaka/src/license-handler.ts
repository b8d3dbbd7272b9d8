import {
  keyIdsOfInitData,
  toBytes,
  type EngineOptions,
  type LicenseExchange,
  type ResolvedSource,
} from '@secure-player/core';
import { readClearKeyLicenseRequest } from '@secure-player/protocol';

import type { LicenseHandler } from './intercept-licenses.js';
import type { ShakaRequest } from './shaka-namespace.js';

type ChosenKeySystem = ResolvedSource['keySystems'][number];

/**
 * Answers Shaka's license requests by the license client.
 *
 * The configuration is looked up at each request: a page that renews its session or its headers need not reload.
 */
export function createLicenseHandler(
  { licenseClient, currentSource }: Pick<EngineOptions, 'licenseClient' | 'currentSource'>,
  chosen: ChosenKeySystem,
  onAttempt?: (request: ShakaRequest) => LicenseExchange['onAttempt'],
): LicenseHandler {
  return (manifestUrl, request, signal) => {
    const source = currentSource() ?? undefined;
    const configured: Readonly<Record<string, ChosenKeySystem['configuration'] | undefined>> =
      source?.drm ?? {};
    const configuration = configured[chosen.name] ?? chosen.configuration;
    const message = request.body ? toBytes(request.body as BufferSource) : new Uint8Array();

    return licenseClient.acquire({
      url: configuration.licenseUrl ?? manifestUrl,
      message,
      messageType: request.licenseRequestType ?? 'license-request',
      keySystem: chosen.name,
      configuration,
      source,
      sessionId: request.sessionId ?? '',
      initDataType: request.initDataType ?? null,
      initData: request.initData ?? null,
      keyIds: keyIdsOf(message, request, chosen.name),
      headers: request.headers,
      signal,
      onAttempt: onAttempt?.(request),
    });
  };
}

/** Informative, for `prepareRequest` and for reports: what cannot be read gives no ids, and the exchange goes on. */
function keyIdsOf(
  message: Uint8Array,
  { initData, initDataType }: ShakaRequest,
  keySystem: string,
): string[] {
  if (keySystem !== 'org.w3.clearkey') return initData ? keyIdsOfInitData(initDataType, initData) : [];

  try {
    return [...readClearKeyLicenseRequest(message).kids];
  } catch {
    return [];
  }
}
