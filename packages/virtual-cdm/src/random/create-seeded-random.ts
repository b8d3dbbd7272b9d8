/**
 * Random bytes, as `crypto.getRandomValues` gives them; with a seed, the same ones in every run, so that a test's session
 * ids can be written down. A seeded stream protects nothing, as nothing in the virtual CDM does.
 */
export function createSeededRandom(
  seed: number | string | undefined,
): (length: number) => Uint8Array<ArrayBuffer> {
  if (seed === undefined) return (length) => crypto.getRandomValues(new Uint8Array(length));

  let state = hash(String(seed));
  return (length) => Uint8Array.from({ length }, () => (state = advance(state)) >>> 24);
}

/** FNV-1a over the UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}

/** A linear congruential generator (Numerical Recipes, chapter 7.1), of which the highest byte is used. */
function advance(state: number): number {
  return (Math.imul(state, 1664525) + 1013904223) >>> 0;
}
