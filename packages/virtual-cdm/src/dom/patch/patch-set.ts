/** A function that may stand in for a platform's: called with whatever the page calls it with. */
export type PlatformFunction = (this: unknown, ...args: unknown[]) => unknown;

interface Patch {
  readonly target: object;
  readonly key: PropertyKey;
  readonly original: PropertyDescriptor | undefined;
  readonly replacement: PropertyDescriptor;
}

/**
 * Replaces properties of the platform, and puts back the very descriptors that were there.
 *
 * A property that the page has replaced in its turn is left to the page: what the page put there calls the replacement,
 * which then has to pass every call on.
 */
export class PatchSet {
  #patches: Patch[] = [];

  /** Replaces a method. `make` is given the present one, or undefined where there is none. */
  method(target: object, key: PropertyKey, make: (original: PlatformFunction) => PlatformFunction): void {
    const original = Object.getOwnPropertyDescriptor(target, key);
    if (typeof original?.value !== 'function') return;

    const value = alike(make(original.value as PlatformFunction), original.value as PlatformFunction);
    this.#replace(target, key, original, { ...original, value });
  }

  /** Replaces the getter, the setter or both of an accessor. */
  accessor(
    target: object,
    key: PropertyKey,
    make: (original: Accessors) => { readonly get?: PlatformFunction; readonly set?: PlatformFunction },
  ): void {
    const original = Object.getOwnPropertyDescriptor(target, key);
    if (!original?.get) return;

    const { get, set } = make({ get: original.get, set: original.set ?? (() => undefined) });
    this.#replace(target, key, original, {
      ...original,
      ...(get && { get: alike(get, original.get) as () => unknown }),
      ...(set && original.set && { set: alike(set, original.set) as (value: unknown) => void }),
    });
  }

  /** Adds a property that is not there. */
  add(target: object, key: PropertyKey, descriptor: PropertyDescriptor): void {
    if (Object.hasOwn(target, key)) return;
    this.#replace(target, key, undefined, { ...descriptor, configurable: true });
  }

  /** Puts everything back, last first. A second call does nothing. */
  restore(): void {
    const patches = this.#patches.reverse();
    this.#patches = [];
    for (const { target, key, original, replacement } of patches) {
      if (!isInPlace(target, key, replacement)) continue;

      if (original) Object.defineProperty(target, key, original);
      else Reflect.deleteProperty(target, key);
    }
  }

  #replace(
    target: object,
    key: PropertyKey,
    original: PropertyDescriptor | undefined,
    replacement: PropertyDescriptor,
  ): void {
    Object.defineProperty(target, key, replacement);
    this.#patches.push({ target, key, original, replacement });
  }
}

/** The functions of an accessor; the setter of one that has none does nothing. */
export interface Accessors {
  readonly get: PlatformFunction;
  readonly set: PlatformFunction;
}

/** Gives a replacement the name and the length of what it stands in for. */
function alike(replacement: PlatformFunction, original: PlatformFunction): PlatformFunction {
  for (const key of ['name', 'length']) {
    const descriptor = Object.getOwnPropertyDescriptor(original, key);
    if (descriptor) Object.defineProperty(replacement, key, descriptor);
  }
  return replacement;
}

function isInPlace(target: object, key: PropertyKey, replacement: PropertyDescriptor): boolean {
  const present = Object.getOwnPropertyDescriptor(target, key);
  return (
    present !== undefined &&
    present.value === replacement.value &&
    present.get === replacement.get &&
    present.set === replacement.set
  );
}
