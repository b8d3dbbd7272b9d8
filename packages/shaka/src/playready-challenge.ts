import { fromBase64 } from '@secure-player/protocol';

/** What goes to a PlayReady license server. */
export interface PlayReadyChallenge {
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/**
 * Takes the license request out of a `PlayReadyKeyMessage`, as Shaka does with the messages that pass through it
 * (https://learn.microsoft.com/previous-versions/windows/apps/dn457474(v=ieb.10)). A message of another shape is the
 * request itself.
 */
export function readPlayReadyChallenge(message: Uint8Array): PlayReadyChallenge {
  const text = new TextDecoder('utf-16le').decode(message);
  const challenge = /<Challenge encoding="base64encoded">([^<]*)<\/Challenge>/.exec(text)?.[1];
  if (challenge === undefined)
    return { headers: { 'Content-Type': 'text/xml; charset=utf-8' }, body: message };

  const headers = text.matchAll(/<name>([^<]*)<\/name>\s*<value>([^<]*)<\/value>/g);
  return {
    headers: Object.fromEntries([...headers].map(([, name = '', value = '']) => [name, value])),
    body: fromBase64(challenge.trim()),
  };
}
