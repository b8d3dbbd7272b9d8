/** What of the platform the virtual CDM replaces, as a page sees it. */
export interface PlatformReading {
  /** Name and length of each function, and what its property may. */
  readonly functions: Readonly<Record<string, unknown>>;
  /** Which of the functions are the browser's own, by their source text. */
  readonly natives: readonly string[];
}

/** Runs in the page, so that it stands by itself. */
export function readPlatform(): PlatformReading {
  const functions: Record<string, unknown> = {};
  const natives: string[] = [];
  const read = (path: string, member: unknown, property: PropertyDescriptor) => {
    if (typeof member !== 'function') return;

    const { name, length } = member;
    const { enumerable, configurable, writable } = property;
    functions[path] = {
      name,
      length,
      hasPrototype: 'prototype' in member,
      enumerable,
      configurable,
      writable,
    };
    if (/\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(member))) natives.push(path);
  };
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
    for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(target))) {
      if (key === 'constructor') continue;
      for (const part of ['value', 'get', 'set']) {
        read(`${name}.${key}.${part}`, Reflect.get(property, part), property);
      }
    }
  }
  read('MediaKeyStatusMap.iterator', MediaKeyStatusMap.prototype[Symbol.iterator], {});
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
      const property = Object.getOwnPropertyDescriptor(target, key) ?? {};
      return ['value', 'get', 'set'].map((part): unknown => Reflect.get(property, part));
    }),
  );
}
