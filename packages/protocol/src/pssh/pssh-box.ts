import { ByteReader } from '../bytes/byte-reader.js';
import { ByteWriter } from '../bytes/byte-writer.js';
import { fromFourCharacters } from '../bytes/four-characters.js';
import { keyIdFromBytes, keyIdToBytes, keyIdToGuid, parseKeyId, type KeyId } from '../key-id/key-id.js';
import { readBoxes, type Mp4Box } from '../mp4/mp4-box.js';
import { ProtocolError } from '../protocol-error.js';

/** A `pssh` box: what one protection system needs to make a license request (ISO/IEC 23001-7, section 8.1). */
export interface PsshBox {
  /** 1 when the box lists key ids itself. */
  readonly version: 0 | 1;
  readonly flags: number;
  /** Dashed, lower-case UUID; see {@link SYSTEM_IDS}. */
  readonly systemId: string;
  /** Empty in version 0. For key ids inside `data` as well, see {@link keyIdsOfPssh}. */
  readonly keyIds: readonly KeyId[];
  readonly data: Uint8Array<ArrayBuffer>;
}

/** What {@link writePsshBox} needs: all but the system has a default. */
export interface PsshBoxInit {
  /** A UUID in any spelling that {@link parseKeyId} reads. */
  readonly systemId: string;
  /** @default 1 with key ids, 0 without */
  readonly version?: 0 | 1 | undefined;
  /** @default 0 */
  readonly flags?: number | undefined;
  /** @default [] */
  readonly keyIds?: readonly KeyId[] | undefined;
  /** @default empty */
  readonly data?: Uint8Array | undefined;
}

/** More than any real box by orders of magnitude; it bounds what hostile init data can make us copy. */
export const MAX_PSSH_BYTES = 1024 * 1024;

/**
 * Reads concatenated `pssh` boxes: EME init data of type `cenc`, or the base64 of a DASH `cenc:pssh`.
 *
 * Boxes of an unknown version are left out, as ISO/IEC 14496-12 section 4.2 asks; anything that is not a
 * `pssh` box is `malformed`. Input beyond 1 MiB is `oversized`.
 */
export function readPsshBoxes(bytes: Uint8Array): PsshBox[] {
  if (bytes.length > MAX_PSSH_BYTES) {
    throw new ProtocolError('oversized', 'initData', `is over ${MAX_PSSH_BYTES} bytes`);
  }
  const boxes: PsshBox[] = [];
  for (const box of readBoxes(bytes, { start: 0, end: bytes.length })) {
    if (box.type !== 'pssh') {
      throw new ProtocolError('malformed', 'box.type', 'is not `pssh`', box.start);
    }
    const pssh = readPsshContent(bytes, box);
    if (pssh !== null) boxes.push(pssh);
  }
  return boxes;
}

/** Reads what is inside one `pssh` box; null when its version is unknown. Bytes after the data are ignored. */
export function readPsshContent(bytes: Uint8Array, box: Mp4Box): PsshBox | null {
  const reader = new ByteReader(bytes, box.contentStart, box.end);
  const version = reader.uint8('pssh.version');
  if (version !== 0 && version !== 1) return null;

  return {
    version,
    flags: reader.uint24('pssh.flags'),
    systemId: keyIdToGuid(keyIdFromBytes(reader.bytes(16, 'pssh.systemId'))),
    keyIds: version === 1 ? readKeyIds(reader) : [],
    data: reader.bytes(reader.uint32('pssh.dataSize'), 'pssh.data'),
  };
}

/** Writes one box. Key ids in version 0 are an error, because the box has no place for them. */
export function writePsshBox(init: PsshBoxInit): Uint8Array<ArrayBuffer> {
  const { systemId, flags = 0, keyIds = [], data = new Uint8Array() } = init;
  const version = init.version ?? (keyIds.length > 0 ? 1 : 0);
  if (version === 0 && keyIds.length > 0) {
    throw new ProtocolError('invalid-value', 'pssh.version', 'must be 1 for a box that lists key ids');
  }
  if (!Number.isInteger(flags) || flags < 0 || flags > 0xff_ffff) {
    throw new ProtocolError('invalid-value', 'pssh.flags', 'must be an unsigned 24-bit number');
  }
  const content = new ByteWriter()
    .uint8(version)
    .uint24(flags)
    .bytes(keyIdToBytes(parseKeyId(systemId, 'pssh.systemId')));
  if (version === 1) {
    content.uint32(keyIds.length);
    keyIds.forEach((keyId, index) => content.bytes(keyIdToBytes(keyId, `pssh.keyIds[${index}]`)));
  }
  content.uint32(data.length).bytes(data);
  return new ByteWriter()
    .uint32(8 + content.length)
    .uint32(fromFourCharacters('pssh', 'box.type'))
    .bytes(content.toBytes())
    .toBytes();
}

function readKeyIds(reader: ByteReader): KeyId[] {
  const count = reader.uint32('pssh.keyIdCount');
  const { offset, remaining } = reader;
  // Before the loop, so that a count of four billion fails at once.
  if (count > remaining / 16) {
    throw new ProtocolError(
      'truncated',
      'pssh.keyIds',
      `needs ${count * 16} bytes and ${remaining} are left`,
      offset,
    );
  }
  return Array.from({ length: count }, () => keyIdFromBytes(reader.bytes(16, 'pssh.keyIds')));
}
