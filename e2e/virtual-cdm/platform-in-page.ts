/** What of the platform the virtual CDM replaces, as a page sees it. */
export interface PlatformReading {
  /** Name and length of each function, and what its property may. */
  readonly functions: Readonly<Record<string, unknown>>;
  /** Which of the functions are the browser's own, by their source text. */
  readonly natives: readonly string[];
}

/** Runs in the page, so that it stands by itself. */
export function readPlatform(_: 'describe'): PlatformReading {
  const functions: Record<string, unknown> = {};
  const natives: string[] = [];
  const targets = {
    Navigator: Navigator.prototype,
    navigator,
    MediaCapabilities: MediaCapabilities.prototype,
    mediaCapabilities: navigator.mediaCapabilities,
    HTMLMediaElement: HTMLMediaElement.prototype,
    SourceBuffer: SourceBuffer.prototype,
    URL,
    MediaKeySystemAccess: MediaKeySystemAccess.prototype,
    MediaKeys: MediaKeys.prototype,
    MediaKeySession: MediaKeySession.prototype,
    MediaKeyStatusMap: MediaKeyStatusMap.prototype,
  };

  for (const [name, target] of Object.entries(targets)) {
    for (const key of Reflect.ownKeys(target)) {
      const { value, get, set, ...may } = Object.getOwnPropertyDescriptor(target, key) ?? {};
      for (const [part, member] of Object.entries({ value, get, set })) {
        if (typeof member !== 'function' || key === 'constructor') continue;

        const path = `${name}.${String(key)}.${part}`;
        functions[path] = {
          name: member.name,
          length: member.length,
          hasPrototype: 'prototype' in member,
          ...may,
        };
        if (/\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(member))) natives.push(path);
      }
    }
  }
  return { functions, natives };
}

/** Runs in the page, so that it stands by itself. The platform's functions themselves, in a fixed order. */
export function readFunctions(): unknown[] {
  const targets = [
    Navigator.prototype,
    MediaCapabilities.prototype,
    HTMLMediaElement.prototype,
    SourceBuffer.prototype,
    URL,
    MediaKeySystemAccess.prototype,
    MediaKeys.prototype,
    MediaKeySession.prototype,
    MediaKeyStatusMap.prototype,
  ];
  return targets.flatMap((target) =>
    Reflect.ownKeys(target).flatMap((key) => {
      const { value, get, set } = Object.getOwnPropertyDescriptor(target, key) ?? {};
      return [value, get, set];
    }),
  );
}

/** Runs in the page. The names that the virtual CDM has in a page. */
export function installedNames(): string[] {
  return ['SecurePlayerVirtualCdm'].filter((name) => name in globalThis);
}
