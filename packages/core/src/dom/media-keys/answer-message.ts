import { answerFromKeys } from '../../license/answer-from-keys.js';
import type { LicenseClient } from '../../license/license-client.js';
import { unwrapPlayReadyMessage } from '../../license/unwrap-playready-message.js';
import type { ResolvedKeySystem } from '../../source/resolve-key-systems.js';
import type { Source } from '../../source/source.js';
import type { KeyMessage } from './key-session.js';

/**
 * Answers a message of a session: from the keys that the page holds, or by its license server. The source, where there is one,
 * is what `authorize` is shown.
 *
 * @throws PlaybackError
 */
export async function answerMessage(
  message: KeyMessage,
  { name, configuration }: ResolvedKeySystem,
  licenseClient: LicenseClient,
  source?: Source,
): Promise<Uint8Array> {
  // An answer to a release names key ids and holds no keys: it is what was sent.
  if (configuration.keys) {
    return message.messageType === 'license-release'
      ? message.bytes
      : answerFromKeys(message.bytes, configuration.keys);
  }

  const { initData, keyIds, messageType, sessionId, signal } = message;
  const { body, headers } = name.startsWith('com.microsoft.playready')
    ? unwrapPlayReadyMessage(message.bytes)
    : { body: message.bytes, headers: undefined };

  return licenseClient.acquire({
    url: configuration.licenseUrl ?? '',
    message: body,
    messageType,
    keySystem: name,
    configuration,
    source,
    sessionId,
    initDataType: initData.type,
    initData: initData.bytes,
    keyIds,
    headers,
    signal,
  });
}
