import { callOf } from './patch/patch-set.js';

/** The platform's own EME, as it was before the virtual CDM came: kept by reference, so that no patch is in the way. */
export interface NativeEme {
  requestMediaKeySystemAccess(
    keySystem: string,
    configurations: MediaKeySystemConfiguration[],
  ): Promise<MediaKeySystemAccess>;
  setMediaKeys(element: HTMLMediaElement, mediaKeys: MediaKeys | null): Promise<void>;
  mediaKeysOf(element: HTMLMediaElement): MediaKeys | null;
}

/** Null where there is no EME: in a context that is not secure, or in a browser without. */
export function findNativeEme(): NativeEme | null {
  const { Navigator, HTMLMediaElement } = globalThis as Partial<typeof globalThis>;
  if (!Navigator || !HTMLMediaElement) return null;

  const request = callOf(Navigator.prototype, 'requestMediaKeySystemAccess', 'value');
  const set = callOf(HTMLMediaElement.prototype, 'setMediaKeys', 'value');
  const get = callOf(HTMLMediaElement.prototype, 'mediaKeys', 'get');
  if (!request || !set || !get) return null;

  return {
    requestMediaKeySystemAccess: (...args) => request(navigator, args) as Promise<MediaKeySystemAccess>,
    setMediaKeys: (element, ...args) => set(element, args) as Promise<void>,
    mediaKeysOf: (element) => get(element, []) as MediaKeys | null,
  };
}
