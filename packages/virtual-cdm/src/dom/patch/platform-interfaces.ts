import { VirtualMediaKeySystemAccess } from '../../access/media-key-system-access.js';
import { VirtualMediaKeys } from '../../media-keys/virtual-media-keys.js';
import { VirtualMediaKeyStatusMap } from '../../session/key-status-map.js';
import { VirtualMediaKeySession } from '../../session/virtual-media-key-session.js';
import { callOf, type Call, type PatchSet } from './patch-set.js';

interface Interface {
  readonly virtual: { readonly prototype: object };
  readonly platform: object;
}

/**
 * Lets virtual objects be objects of the platform's own interfaces: `instanceof`, the class string, and the very
 * prototype are the platform's, whose members then tell virtual objects from native ones.
 */
export class PlatformInterfaces {
  readonly #interfaces: readonly Interface[] = findInterfaces();
  readonly #onAdopt: (object: object) => void;
  readonly #adopted = new WeakMap<object, Interface>();
  /** For the way back. Held weakly, or a page that runs for long would never be rid of a session. */
  #references: WeakRef<object>[] = [];
  #isReleased = false;

  /** `onAdopt` is told of each virtual object before the page sees it. */
  constructor(onAdopt: (object: object) => void) {
    this.#onAdopt = onAdopt;
  }

  patch(patches: PatchSet): void {
    for (const { virtual, platform } of this.#interfaces) {
      // For objects that are given back: they still are what the page took them for.
      Object.setPrototypeOf(virtual.prototype, platform);
      for (const key of Object.getOwnPropertyNames(virtual.prototype)) {
        if (key !== 'constructor') this.#patchMember(patches, platform, virtual.prototype, key);
      }
      // WebIDL: the iterator of a map is the same function as `entries`.
      patches.alias(platform, Symbol.iterator, 'entries');
    }
  }

  /** Whether a value is a virtual MediaKeys that this page has got. */
  ownsMediaKeys(value: unknown): value is VirtualMediaKeys {
    return this.#owns(value) && this.#adopted.get(value)?.virtual === VirtualMediaKeys;
  }

  /** Makes a virtual object one of the platform's; anything else is left as it is. */
  adopt<Value>(value: Value): Value {
    if (typeof value !== 'object' || value === null || this.#isReleased) return value;

    const found = this.#interfaces.find(({ virtual }) => Object.getPrototypeOf(value) === virtual.prototype);
    if (!found) return value;

    Object.setPrototypeOf(value, found.platform);
    this.#adopted.set(value, found);
    this.#references = [...this.#references.filter((known) => known.deref()), new WeakRef(value)];
    this.#onAdopt(value);
    return value;
  }

  /** Lets every virtual object stand on its own again: the platform's members no longer know it. */
  release(): void {
    this.#isReleased = true;
    for (const reference of this.#references) {
      const object = reference.deref();
      const found = object && this.#adopted.get(object);
      if (!found) continue;

      Object.setPrototypeOf(object, found.virtual.prototype);
      this.#adopted.delete(object);
    }
    this.#references = [];
  }

  #owns(value: unknown): value is object {
    return typeof value === 'object' && value !== null && this.#adopted.has(value);
  }

  #patchMember(patches: PatchSet, platform: object, virtual: object, key: string): void {
    const either = (part: 'value' | 'get' | 'set', native: Call): Call => {
      const mine = callOf(virtual, key, part);
      return mine ? this.#either(mine, native, key === 'createMediaKeys') : native;
    };

    if (callOf(virtual, key, 'value')) {
      const { length } = Reflect.get(platform, key) as { readonly length: number };
      // WebIDL: a method's length is how many arguments it must be given. What to say of fewer the platform knows.
      patches.method(platform, key, (native) => {
        const method = either('value', native);
        return (self, args) => (args.length < length ? native(self, args) : method(self, args));
      });
    } else if (Object.hasOwn(platform, key)) {
      patches.accessor(platform, key, ({ get, set }) => ({
        get: either('get', get),
        set: either('set', set),
      }));
    } else {
      // `parent` of the key rotation proposal: no browser has it yet.
      patches.attribute(
        platform,
        key,
        either('get', () => undefined),
      );
    }
  }

  /** Other promises than that of a new object reach the page as they are: it can tell one from another. */
  #either(mine: Call, native: Call, makesLater: boolean): Call {
    return (self, args) => {
      if (!this.#owns(self)) return native(self, args);

      const result = mine(self, args);
      return makesLater ? (result as Promise<unknown>).then((made) => this.adopt(made)) : this.adopt(result);
    };
  }
}

function findInterfaces(): Interface[] {
  const classes = {
    MediaKeySystemAccess: VirtualMediaKeySystemAccess,
    MediaKeys: VirtualMediaKeys,
    MediaKeySession: VirtualMediaKeySession,
    MediaKeyStatusMap: VirtualMediaKeyStatusMap,
  };

  return Object.entries(classes).flatMap(([name, virtual]) => {
    const platform: unknown = Reflect.get(globalThis, name);
    return typeof platform === 'function' ? [{ virtual, platform: platform.prototype as object }] : [];
  });
}
