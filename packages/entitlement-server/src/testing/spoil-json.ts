import fc from 'fast-check';

import { CANARY } from './fuzz-world.js';

/** Members that mean something to JavaScript, or to nobody. */
export const EVIL_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', CANARY, ''];

/** `constantFrom` takes no `unknown`. */
function constants(...values: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.nat({ max: values.length - 1 }).map((index) => values[index]);
}

/** Values of every type, and texts that mean something to somebody. */
export const evilValue = fc.oneof(
  constants(null, true, false, 0, -1, 1e308, 1.5, '', CANARY, [], {}, [[]], { __proto__: null, a: CANARY }),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `${CANARY}${text}`),
  fc.nat({ max: 9000 }).map((length) => CANARY.repeat(Math.ceil(length / CANARY.length))),
  fc.integer({ min: 1, max: 7000 }).map((depth): unknown => ({ deep: depth })),
  fc.jsonValue({ maxDepth: 3 }).map((value) => [value, CANARY]),
  constants('\u0000', '\ud800', '../../etc/passwd', "' OR 1=1 --", '${7*7}', '%00', '\r\nX: y'),
);

/** Changes the value at a place, counted in the order in which they are written. */
export function spoil(json: unknown, place: number, how: string, name: string, value: unknown): unknown {
  const places = placesOf(json);
  const path = places[place % places.length] ?? [];
  const target = path.length === 0 || how === 'add' ? [...path, ...(how === 'add' ? [name] : [])] : path;
  if (how === 'add' && typeof at(json, path) !== 'object') return set(json, path, value);
  return how === 'remove' ? set(json, target, undefined) : set(json, target, value);
}

function placesOf(json: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof json !== 'object' || json === null) return [path];
  return [path, ...Object.entries(json).flatMap(([key, value]) => placesOf(value, [...path, key]))];
}

function at(json: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return json;
  return typeof json === 'object' && json !== null
    ? at((json as Record<string, unknown>)[key], rest)
    : undefined;
}

function set(json: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value ?? null;
  const copy = Object.assign(Object.create(null) as Record<string, unknown>, json);
  const next = rest.length === 0 ? value : set(copy[key], rest, value);
  if (next === undefined) delete copy[key];
  else copy[key] = next;
  return Array.isArray(json) ? Object.values(copy) : copy;
}

/** JSON.stringify would run out of stack on what is as deep as some of these. */
export function write(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) => {
    const depth = (entry as { deep?: unknown } | null)?.deep;
    return typeof depth === 'number' && depth >= 1 ? `<deep ${depth}>` : entry;
  }).replaceAll(/"<deep (\d+)>"/g, (_, depth) => `${'['.repeat(Number(depth))}${']'.repeat(Number(depth))}`);
}
