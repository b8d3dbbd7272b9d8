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
  const request = methodOf(globalThis.Navigator?.prototype, 'requestMediaKeySystemAccess');
  const set = methodOf(globalThis.HTMLMediaElement?.prototype, 'setMediaKeys');
  const get = Object.getOwnPropertyDescriptor(globalThis.HTMLMediaElement?.prototype ?? {}, 'mediaKeys')?.get;
  if (!request || !set || !get) return null;

  return {
    requestMediaKeySystemAccess: (...args) =>
      Reflect.apply(request, navigator, args) as Promise<MediaKeySystemAccess>,
    setMediaKeys: (element, ...args) => Reflect.apply(set, element, args) as Promise<void>,
    mediaKeysOf: (element) => Reflect.apply(get, element, []) as MediaKeys | null,
  };
}

function methodOf(target: object | undefined, key: string): ((...args: never[]) => unknown) | null {
  const value: unknown = target && Object.getOwnPropertyDescriptor(target, key)?.value;
  return typeof value === 'function' ? (value as (...args: never[]) => unknown) : null;
}
