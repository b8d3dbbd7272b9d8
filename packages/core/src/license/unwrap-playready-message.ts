import { fromBase64 } from '@secure-player/protocol';

/** What goes to a license server, out of a message of a content decryption module. */
export interface UnwrappedMessage {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Takes the license request out of PlayReady's `PlayReadyKeyMessage`, which holds it in base64 beside the headers it wants
 * (https://learn.microsoft.com/previous-versions/windows/apps/dn457474(v=ieb.10)). A message of another shape is the request
 * itself. The text is the module's own, and its elements have no namespace and no nesting to mistake.
 */
export function unwrapPlayReadyMessage(message: Uint8Array): UnwrappedMessage {
  const plain = { body: message, headers: { 'content-type': 'text/xml; charset=utf-8' } };
  if (message.length % 2 !== 0) return plain;

  const text = new TextDecoder('utf-16le').decode(message);
  const challenge = /<Challenge\b[^>]*>([^<]*)<\/Challenge>/.exec(text)?.[1];
  if (!text.includes('PlayReadyKeyMessage') || challenge === undefined) return plain;

  const headers = [...text.matchAll(/<HttpHeader>\s*<name>([^<]*)<\/name>\s*<value>([^<]*)<\/value>/g)].map(
    ([, name = '', value = '']) => [name.toLowerCase(), value] as const,
  );
  return {
    body: fromBase64(challenge.trim()),
    headers: { ...plain.headers, ...Object.fromEntries(headers) },
  };
}
