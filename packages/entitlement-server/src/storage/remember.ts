/** More clients than a process has at a time. */
const LIMIT = 10_000;

/**
 * Computes what follows from a text once, as long as it is asked for: the same clients come again and again. A full memory
 * is emptied, which costs those in it one computation more.
 */
export function remember<T, Text extends string = string>(
  compute: (text: Text) => T,
  limit = LIMIT,
): (text: Text) => T {
  const known = new Map<Text, { readonly value: T }>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found.value;

    const value = compute(text);
    if (known.size >= limit) known.clear();
    known.set(text, { value });
    return value;
  };
}
