import { defineInterface } from '../webidl/define-interface.js';
import { toBufferSource } from '../webidl/to-buffer-source.js';
import type { KeyStatus } from './key-status.js';

/** A key id, in bytes of its own, and the status of its key. */
type StatusPair = readonly [keyId: Uint8Array<ArrayBuffer>, status: KeyStatus];

/** Past this, a key id is a mistake (EME's init data registry: `keyids` and `webm` allow 1 to 512 bytes). */
const MAX_KEY_ID_LENGTH = 512;

/** A private field is out of reach of a function of this module, unless a static block lends it. */
let writePairs: (map: VirtualMediaKeyStatusMap, pairs: readonly StatusPair[]) => void;

/**
 * EME's MediaKeyStatusMap: a read-only map from key ids, as bytes, to key statuses. It iterates over a snapshot, in the
 * order of the key ids, and every key id that it gives out is a copy.
 *
 * https://w3c.github.io/encrypted-media/#mediakeystatusmap-interface
 */
export class VirtualMediaKeyStatusMap {
  #pairs: readonly StatusPair[] = [];

  static {
    writePairs = (map, pairs) => {
      map.#pairs = pairs;
    };
  }

  get size(): number {
    return this.#pairs.length;
  }

  /** @throws TypeError where the key id is no BufferSource. */
  has(keyId: BufferSource): boolean {
    return this.#find(keyId) !== undefined;
  }

  /** @throws TypeError where the key id is no BufferSource. */
  get(keyId: BufferSource): KeyStatus | undefined {
    return this.#find(keyId)?.[1];
  }

  entries(): IterableIterator<[keyId: ArrayBuffer, status: KeyStatus]> {
    return this.#snapshot().values();
  }

  /** For the compiler: `defineInterface()` puts `entries` itself in its place, as WebIDL has it. */
  [Symbol.iterator](): IterableIterator<[keyId: ArrayBuffer, status: KeyStatus]> {
    return this.entries();
  }

  keys(): IterableIterator<ArrayBuffer> {
    return this.#snapshot()
      .map(([keyId]) => keyId)
      .values();
  }

  values(): IterableIterator<KeyStatus> {
    return this.#snapshot()
      .map(([, status]) => status)
      .values();
  }

  /** @throws TypeError where `callback` is no function. */
  forEach(
    callback: (status: KeyStatus, keyId: ArrayBuffer, map: VirtualMediaKeyStatusMap) => void,
    thisArg?: unknown,
  ): void {
    const snapshot = this.#snapshot();
    if (typeof callback !== 'function') throw new TypeError('The callback is not a function');

    for (const [keyId, status] of snapshot) callback.call(thisArg, status, keyId, this);
  }

  #find(keyId: unknown): StatusPair | undefined {
    const pairs = this.#pairs;
    const wanted = toBufferSource(keyId);

    return pairs.find(([candidate]) => compareBytes(candidate, wanted) === 0);
  }

  #snapshot(): [keyId: ArrayBuffer, status: KeyStatus][] {
    return this.#pairs.map(([keyId, status]) => [keyId.slice().buffer, status]);
  }
}

defineInterface(VirtualMediaKeyStatusMap, 'MediaKeyStatusMap');

/**
 * Replaces all that a map holds, at once; references to it stay valid. Where a key id comes twice, the last one counts.
 * Package-internal: pages see a map that is read-only.
 */
export function replaceStatuses(
  map: VirtualMediaKeyStatusMap,
  statuses: readonly (readonly [keyId: Uint8Array, status: KeyStatus])[],
): void {
  const pairs: StatusPair[] = [];

  for (const [keyId, status] of statuses) {
    if (keyId.length === 0 || keyId.length > MAX_KEY_ID_LENGTH) {
      throw new RangeError(`A key id has 1 to ${MAX_KEY_ID_LENGTH} bytes, not ${keyId.length}`);
    }
    const pair: StatusPair = [Uint8Array.from(keyId), status];
    const index = pairs.findIndex(([known]) => compareBytes(known, keyId) === 0);
    pairs.splice(index < 0 ? pairs.length : index, 1, pair);
  }

  writePairs(
    map,
    pairs.sort(([a], [b]) => compareBytes(a, b)),
  );
}

/** EME's order: byte by byte, and what begins a longer id comes before it. */
function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const index = a.findIndex((byte, position) => byte !== b[position]);
  if (index < 0) return a.length - b.length;

  return (a[index] ?? 0) - (b[index] ?? -1);
}
