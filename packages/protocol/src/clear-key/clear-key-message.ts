import { isJsonObject, type JsonObject } from '../json/json-object.js';
import { ProtocolError } from '../protocol-error.js';

/** How much of a Clear Key message a reader takes before it refuses. */
export interface ClearKeyLimits {
  /** @default 65536 */
  readonly maxBytes?: number | undefined;
  /** How many key ids, or keys, a message may list, repeated ones included. @default 64 */
  readonly maxKeys?: number | undefined;
  /**
   * Whether key ids may be of 1 to 512 bytes, as a CDM for WebM must take them. Encrypted MP4 has 16.
   * @default false
   */
  readonly anyKeyIdLength?: boolean | undefined;
}

/** Parses UTF-8 JSON that must be an object. Nothing of the input reaches the error. */
export function readMessage(
  bytes: Uint8Array,
  field: string,
  { maxBytes = 65_536 }: ClearKeyLimits,
): JsonObject {
  if (bytes.length > maxBytes) {
    throw new ProtocolError('oversized', field, `is over ${maxBytes} bytes`);
  }
  const value = parse(bytes, field);
  if (!isJsonObject(value)) {
    throw new ProtocolError('malformed', field, 'must be a JSON object');
  }
  return value;
}

/** Reads a member that must be a list with at least one and at most `maxKeys` entries. */
export function readList(
  object: JsonObject,
  field: string,
  { maxKeys = 64 }: ClearKeyLimits,
): readonly unknown[] {
  const list = object[field];
  if (!Array.isArray(list)) {
    throw new ProtocolError('malformed', field, 'must be a list');
  }
  if (list.length > maxKeys) {
    throw new ProtocolError('oversized', field, `has over ${maxKeys} entries`);
  }
  if (list.length === 0) {
    throw new ProtocolError('invalid-value', field, 'must not be empty');
  }
  return list;
}

function parse(bytes: Uint8Array, field: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    // The engine's own message quotes the input, which may hold keys.
    throw new ProtocolError('malformed', field, 'is not JSON in UTF-8');
  }
}
