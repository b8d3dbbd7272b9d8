import { toBytes, type EngineOptions, type LicenseExchange, type ResolvedSource } from '@secure-player/core';
import { readClearKeyLicenseRequest } from '@secure-player/protocol';

import type { RequestedKeyIds } from './init-data-forms.js';
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
  keyIdsOf: RequestedKeyIds,
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
      keyIds: chosen.name === 'org.w3.clearkey' ? keyIdsOfMessage(message) : keyIdsOf(request),
      headers: request.headers,
      signal,
      onAttempt: onAttempt?.(request),
    });
  };
}

/** Clear Key's message lists them. Informative: what cannot be read gives none, and the exchange goes on. */
function keyIdsOfMessage(message: Uint8Array): readonly string[] {
  try {
    return readClearKeyLicenseRequest(message).kids;
  } catch {
    return [];
  }
}
