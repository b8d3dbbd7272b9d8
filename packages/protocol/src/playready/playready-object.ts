import { ByteReader } from '../bytes/byte-reader.js';
import { ByteWriter } from '../bytes/byte-writer.js';
import { ProtocolError, withOffsets } from '../protocol-error.js';
import type { PlayReadyHeader } from './playready-header.js';
import { readPlayReadyHeader } from './read-playready-header.js';
import { toUtf16 } from './utf16.js';
import { writePlayReadyHeader } from './write-playready-header.js';

/**
 * A PlayReady Object: the data of a PlayReady `pssh` box, and the whole of DASH's `mspr:pro`
 * (https://learn.microsoft.com/playready/specifications/playready-header-specification, section 2).
 */
export interface PlayReadyObject {
  readonly header?: PlayReadyHeader | undefined;
  /** The embedded license store: room that a client fills with domain licenses. */
  readonly licenseStore?: Uint8Array<ArrayBuffer> | undefined;
}

const OBJECT_HEADER_BYTES = 6;
const RECORD_HEADER_BYTES = 4;
const HEADER_RECORD = 1;
const LICENSE_STORE_RECORD = 3;

/** What the specification allows an object to be. Readers take more, because clients do. */
const MAX_OBJECT_BYTES = 15 * 1024;

/**
 * Reads a PlayReady Object. Records of other types are passed over, and so is whatever follows the length
 * that the object states. Offsets in errors are positions in the bytes.
 */
export function readPlayReadyObject(bytes: Uint8Array): PlayReadyObject {
  const length = new ByteReader(bytes).uint32LittleEndian('pro.length');
  if (length < OBJECT_HEADER_BYTES) {
    throw new ProtocolError('malformed', 'pro.length', 'is smaller than its own header', 0);
  }
  if (length > bytes.length) {
    throw new ProtocolError('truncated', 'pro', `needs ${length} bytes and ${bytes.length} are there`, 0);
  }
  const reader = new ByteReader(bytes, 4, length);
  const recordCount = reader.uint16LittleEndian('pro.recordCount');
  const records = new Map<number, { offset: number; value: Uint8Array<ArrayBuffer> }>();
  for (let i = 0; i < recordCount; i += 1) {
    const type = reader.uint16LittleEndian('pro.record.type');
    const valueLength = reader.uint16LittleEndian('pro.record.length');
    const { offset } = reader;
    if (records.has(type)) {
      throw new ProtocolError('malformed', 'pro.record.type', 'occurs twice', offset);
    }
    records.set(type, { offset, value: reader.bytes(valueLength, 'pro.record.value') });
  }
  const header = records.get(HEADER_RECORD);
  return {
    header: header && readHeaderRecord(header.value, header.offset),
    licenseStore: records.get(LICENSE_STORE_RECORD)?.value,
  };
}

/** Writes a PlayReady Object. Over 15 KiB it is `oversized`, which is where clients stop reading. */
export function writePlayReadyObject(object: PlayReadyObject): Uint8Array<ArrayBuffer> {
  const records: [type: number, value: Uint8Array][] = [];
  if (object.header !== undefined) {
    records.push([HEADER_RECORD, toUtf16(writePlayReadyHeader(object.header))]);
  }
  if (object.licenseStore !== undefined) {
    records.push([LICENSE_STORE_RECORD, object.licenseStore]);
  }
  const length = records.reduce(
    (sum, [, value]) => sum + RECORD_HEADER_BYTES + value.length,
    OBJECT_HEADER_BYTES,
  );
  if (length > MAX_OBJECT_BYTES) {
    throw new ProtocolError('oversized', 'pro', `is over ${MAX_OBJECT_BYTES} bytes`);
  }
  const writer = new ByteWriter().uint32LittleEndian(length).uint16LittleEndian(records.length);
  for (const [type, value] of records) {
    writer.uint16LittleEndian(type).uint16LittleEndian(value.length).bytes(value);
  }
  return writer.toBytes();
}

function readHeaderRecord(value: Uint8Array, offset: number): PlayReadyHeader {
  if (value.length % 2 === 1) {
    throw new ProtocolError('truncated', 'WRMHEADER', 'ends in the middle of a UTF-16 unit', offset);
  }
  const xml = new TextDecoder('utf-16le', { ignoreBOM: true }).decode(value);
  return withOffsets(
    () => readPlayReadyHeader(xml),
    (index = 0) => offset + 2 * index,
  );
}
