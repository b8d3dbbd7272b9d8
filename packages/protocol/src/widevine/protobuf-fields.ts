import { ByteReader } from '../bytes/byte-reader.js';
import { ByteWriter } from '../bytes/byte-writer.js';
import { ProtocolError } from '../protocol-error.js';

/**
 * The part of the protobuf wire format that ten flat fields need
 * (https://protobuf.dev/programming-guides/encoding/). A protobuf library would be several times the size
 * of this package, which is shipped to browsers.
 */

/** One field with a value: a number, or a run of bytes that may be text. */
export type ProtobufField =
  | { readonly number: number; readonly kind: 'varint'; readonly value: number }
  | { readonly number: number; readonly kind: 'bytes'; readonly value: Uint8Array<ArrayBuffer> };

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
    if (number === 0) throw new ProtocolError('malformed', `${name}.tag`, 'has no field number', offset);

    switch (wireType) {
      case WIRE_VARINT: {
        const value = readVarint(reader, `${name}.${number}`);
        if (groupDepth === 0) yield { number, kind: 'varint', value };
        break;
      }
      case WIRE_BYTES: {
        const length = readVarint(reader, `${name}.${number}.length`);
        const value = reader.bytes(length, `${name}.${number}`);
        if (groupDepth === 0) yield { number, kind: 'bytes', value };
        break;
      }
      case WIRE_FIXED64:
        reader.skip(8, `${name}.${number}`);
        break;
      case WIRE_FIXED32:
        reader.skip(4, `${name}.${number}`);
        break;
      case WIRE_GROUP_START:
        groupDepth += 1;
        break;
      case WIRE_GROUP_END:
        groupDepth -= 1;
        if (groupDepth >= 0) break;
        throw new ProtocolError('malformed', `${name}.tag`, 'ends a group that never began', offset);
      default:
        throw new ProtocolError('malformed', `${name}.tag`, 'has a wire type that does not exist', offset);
    }
  }
  if (groupDepth > 0) {
    throw new ProtocolError('truncated', name, 'ends inside a group', reader.offset);
  }
}

/** Writes one field. A varint must be an unsigned 32-bit number. */
export function writeProtobufField(writer: ByteWriter, field: ProtobufField): void {
  if (field.kind === 'varint') {
    writeVarint(writer, field.number * 8 + WIRE_VARINT);
    writeVarint(writer, field.value);
    return;
  }
  writeVarint(writer, field.number * 8 + WIRE_BYTES);
  writeVarint(writer, field.value.length);
  writer.bytes(field.value);
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
