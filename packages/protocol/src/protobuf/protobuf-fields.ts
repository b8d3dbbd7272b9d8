import { ByteReader } from '../bytes/byte-reader.js';
import type { ByteWriter } from '../bytes/byte-writer.js';
import { ProtocolError } from '../protocol-error.js';

// The part of the protobuf wire format that flat fields need
// (https://protobuf.dev/programming-guides/encoding/). A protobuf library would be several times the size of
// this package, which is shipped to browsers.

/** One field with a value: a number, or a run of bytes that may be text. */
export interface ProtobufField {
  readonly number: number;
  readonly value: number | Uint8Array<ArrayBuffer>;
}

const WIRE_VARINT = 0;
const WIRE_FIXED64 = 1;
const WIRE_BYTES = 2;
const WIRE_GROUP_START = 3;
const WIRE_GROUP_END = 4;
const WIRE_FIXED32 = 5;

/** A 64-bit number in groups of 7 bits. */
const MAX_VARINT_BYTES = 10;

/**
 * The varint and length-delimited fields of a message, in order. Fixed-width fields and groups are passed
 * over. `name` names the message in errors.
 */
export function* readProtobufFields(
  bytes: Uint8Array,
  name: string,
): Generator<ProtobufField, void, undefined> {
  const reader = new ByteReader(bytes);
  let groupDepth = 0;
  while (reader.remaining > 0) {
    const { offset } = reader;
    const tag = readVarint(reader, `${name}.tag`);
    const number = tag >>> 3;
    const wireType = tag & 7;
    if (number === 0) {
      throw new ProtocolError('malformed', `${name}.tag`, 'has no field number', offset);
    }
    if (wireType > WIRE_FIXED32) {
      throw new ProtocolError('malformed', `${name}.tag`, 'has a wire type that does not exist', offset);
    }
    if (wireType === WIRE_GROUP_START) groupDepth += 1;
    if (wireType === WIRE_GROUP_END) groupDepth -= 1;
    if (groupDepth < 0) {
      throw new ProtocolError('malformed', `${name}.tag`, 'ends a group that never began', offset);
    }
    const value = readValue(reader, wireType, `${name}.${number}`);
    if (value !== null && groupDepth === 0) yield { number, value };
  }
  if (groupDepth > 0) {
    throw new ProtocolError('truncated', name, 'ends inside a group', reader.offset);
  }
}

/** Writes one field. A number must be an unsigned 32-bit one. */
export function writeProtobufField(writer: ByteWriter, { number, value }: ProtobufField): void {
  if (typeof value === 'number') {
    writeVarint(writer, number * 8 + WIRE_VARINT);
    writeVarint(writer, value);
    return;
  }
  writeVarint(writer, number * 8 + WIRE_BYTES);
  writeVarint(writer, value.length);
  writer.bytes(value);
}

/** The value after a tag; null for a kind that has none, or none that the message uses. */
function readValue(reader: ByteReader, wireType: number, field: string): ProtobufField['value'] | null {
  switch (wireType) {
    case WIRE_VARINT:
      return readVarint(reader, field);
    case WIRE_BYTES:
      return reader.bytes(readVarint(reader, `${field}.length`), field);
    case WIRE_FIXED64:
      reader.skip(8, field);
      return null;
    case WIRE_FIXED32:
      reader.skip(4, field);
      return null;
    default:
      return null;
  }
}

/** The low 32 bits, which is what protobuf makes of a longer varint in a `uint32` field. */
function readVarint(reader: ByteReader, field: string): number {
  const { offset } = reader;
  let value = 0;
  for (let i = 0; i < MAX_VARINT_BYTES; i += 1) {
    const byte = reader.uint8(field);
    // Shifts beyond 31 would wrap around and come back into the low bits.
    if (i < 5) value |= (byte & 0x7f) << (7 * i);
    if (byte < 0x80) return value >>> 0;
  }
  throw new ProtocolError('malformed', field, `is a number of over ${MAX_VARINT_BYTES} bytes`, offset);
}

function writeVarint(writer: ByteWriter, value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    writer.uint8((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  writer.uint8(rest);
}
