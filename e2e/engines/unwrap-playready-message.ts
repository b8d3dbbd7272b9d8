/** What goes to a PlayReady license server. */
export interface PlayReadyLicenseRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * Takes the license request out of a `PlayReadyKeyMessage`, for engines that leave it to the application
 * (https://learn.microsoft.com/previous-versions/windows/apps/dn457474(v=ieb.10)). A message of another shape is the
 * request itself.
 */
export function unwrapPlayReadyMessage(message: Uint8Array<ArrayBuffer>): PlayReadyLicenseRequest {
  const text = new TextDecoder('utf-16le').decode(message);
  if (!text.includes('PlayReadyKeyMessage')) {
    return { headers: { 'content-type': 'text/xml; charset=utf-8' }, body: message };
  }

  const document = new DOMParser().parseFromString(text, 'application/xml');
  const challenge = document.querySelector('Challenge')?.textContent ?? '';
  const headers = [...document.querySelectorAll('HttpHeader')].map((header) => [
    header.querySelector('name')?.textContent ?? '',
    header.querySelector('value')?.textContent ?? '',
  ]);
  return {
    // Lower case, so that a header replaces the same header in another spelling.
    headers: Object.fromEntries(headers.map(([name = '', value = '']) => [name.toLowerCase(), value])),
    body: Uint8Array.from(atob(challenge), (character) => character.charCodeAt(0)),
  };
}
