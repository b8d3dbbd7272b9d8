/**
 * Gives a class what WebIDL's interfaces have and JavaScript's classes have not: a class string, members that can be
 * enumerated, and, where it iterates, an `@@iterator` that is `entries` itself
 * (https://webidl.spec.whatwg.org/#js-interfaces).
 */
export function defineInterface(constructor: { readonly prototype: object }, name: string): void {
  const { prototype } = constructor;

  for (const member of Object.getOwnPropertyNames(prototype)) {
    if (member !== 'constructor') Object.defineProperty(prototype, member, { enumerable: true });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });

  const entries = Object.getOwnPropertyDescriptor(prototype, 'entries');
  if (entries) Object.defineProperty(prototype, Symbol.iterator, { ...entries, enumerable: false });
}
