/** A function of the platform's, or what stands in for one: called on something, with whatever the page gives it. */
export type Call = (self: unknown, args: unknown[]) => unknown;

/** The two calls of an accessor. */
export interface Accessors {
  readonly get: Call;
  /** Does nothing where the accessor has no setter. */
  readonly set: Call;
}

interface Patch {
  readonly target: object;
  readonly key: PropertyKey;
  readonly original: PropertyDescriptor | undefined;
  readonly replacement: PropertyDescriptor;
}

type Part = 'value' | 'get' | 'set';
type Native = (...args: never[]) => unknown;

/**
 * Replaces properties of the platform, and puts back the very descriptors that were there.
 *
 * A property that the page has replaced in its turn is left to the page: what the page put there calls the replacement,
 * which then has to pass every call on.
 */
export class PatchSet {
  #patches: Patch[] = [];

  /** Replaces a method. Where there is none, nothing happens. */
  method(target: object, key: PropertyKey, make: (original: Call) => Call): void {
    const original = Object.getOwnPropertyDescriptor(target, key);
    const native = functionOf(original, 'value');
    if (!original || !native) return;

    this.#replace(target, key, original, { value: toFunction(make(toCall(native)), native) });
  }

  /** Makes one method of an object be another one's very function. */
  alias(target: object, key: PropertyKey, of: PropertyKey): void {
    const original = Object.getOwnPropertyDescriptor(target, key);
    const value = functionOf(Object.getOwnPropertyDescriptor(target, of), 'value');
    if (original && value) this.#replace(target, key, original, { value });
  }

  /** Replaces the getter, the setter or both of an accessor. Where there is none, nothing happens. */
  accessor(target: object, key: PropertyKey, make: (original: Accessors) => Partial<Accessors>): void {
    const original = Object.getOwnPropertyDescriptor(target, key);
    const get = functionOf(original, 'get');
    const set = functionOf(original, 'set');
    if (!original || !get) return;

    const calls = make({ get: toCall(get), set: set ? toCall(set) : () => undefined });
    this.#replace(target, key, original, {
      ...(calls.get && { get: toFunction(calls.get, get) }),
      ...(calls.set && set && { set: toFunction(calls.set, set) }),
    });
  }

  /** Adds a read-only attribute, as WebIDL's are, where there is none. */
  attribute(target: object, name: string, read: Call): void {
    if (Object.hasOwn(target, name)) return;

    const model = Object.defineProperty(() => {}, 'name', { value: `get ${name}` });
    const get = toFunction(read, model);
    this.#replace(target, name, undefined, { get, enumerable: true, configurable: true });
  }

  /** Puts everything back, last first. A second call does nothing. */
  restore(): void {
    const patches = this.#patches;
    this.#patches = [];
    for (let patch = patches.pop(); patch; patch = patches.pop()) {
      const { target, key, original, replacement } = patch;
      if (!isInPlace(target, key, replacement)) continue;

      if (original) Object.defineProperty(target, key, original);
      else Reflect.deleteProperty(target, key);
    }
  }

  #replace(
    target: object,
    key: PropertyKey,
    original: PropertyDescriptor | undefined,
    change: PropertyDescriptor,
  ): void {
    const replacement = { ...original, ...change };
    Object.defineProperty(target, key, replacement);
    this.#patches.push({ target, key, original, replacement });
  }
}

/** A function of an object's own property; null where there is none. */
export function callOf(target: object, key: PropertyKey, part: Part): Call | null {
  const found = functionOf(Object.getOwnPropertyDescriptor(target, key), part);
  return found && toCall(found);
}

function functionOf(descriptor: PropertyDescriptor | undefined, part: Part): Native | null {
  const found: unknown = descriptor && Reflect.get(descriptor, part);
  return typeof found === 'function' ? (found as Native) : null;
}

function toCall(native: Native): Call {
  return (self, args) => Reflect.apply(native, self, args);
}

/** A method, as the platform's functions are: it is no constructor. Name and length are those of what it stands in for. */
function toFunction(call: Call, model: Native): (...args: unknown[]) => unknown {
  const holder = {
    method(this: unknown, ...args: unknown[]): unknown {
      return call(this, args);
    },
  };
  const method = Reflect.get(holder, 'method');
  for (const key of ['name', 'length']) {
    const descriptor = Object.getOwnPropertyDescriptor(model, key);
    if (descriptor) Object.defineProperty(method, key, descriptor);
  }
  return method;
}

function isInPlace(target: object, key: PropertyKey, replacement: PropertyDescriptor): boolean {
  const present = Object.getOwnPropertyDescriptor(target, key);
  const parts: readonly Part[] = ['value', 'get', 'set'];

  return parts.every((part) => functionOf(present, part) === functionOf(replacement, part));
}
