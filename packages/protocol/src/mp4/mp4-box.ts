import { ByteReader } from '../bytes/byte-reader.js';
import { toFourCharacters } from '../bytes/four-characters.js';
import { ProtocolError } from '../protocol-error.js';

/** Where one ISO BMFF box lies in its input (ISO/IEC 14496-12, section 4.2). */
export interface Mp4Box {
  /** Four characters, taken from the input: never put them in a message. */
  readonly type: string;
  readonly start: number;
  /** Where the content begins, after a header of 8 bytes, or 16 with a 64-bit size. */
  readonly contentStart: number;
  /** Where the box ends by its own account, which may lie beyond the input. */
  readonly end: number;
}

/** The part of the input that a box must stay in: the input itself, or the content of its parent. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the box header at the start of the range. A size of 0 means "to the end" of the range. The size is
 * at least that of the header, so a walk from `end` to `end` always advances.
 */
function readBoxHeader(bytes: Uint8Array, range: ByteRange): Mp4Box {
  const reader = new ByteReader(bytes, range.start, range.end);
  const shortSize = reader.uint32('box.size');
  const type = toFourCharacters(reader.uint32('box.type'));
  if (shortSize === 0) {
    return { type, start: range.start, contentStart: reader.offset, end: range.end };
  }
  const size = shortSize === 1 ? reader.uint64('box.largesize') : shortSize;
  if (size < reader.offset - range.start) {
    throw new ProtocolError('malformed', 'box.size', 'is smaller than its own header', range.start);
  }
  return { type, start: range.start, contentStart: reader.offset, end: range.start + size };
}

/** The boxes that fill the range, in order. One that runs past the end of the range is `truncated`. */
export function* readBoxes(bytes: Uint8Array, range: ByteRange): Generator<Mp4Box, void, undefined> {
  let start = range.start;
  while (start < range.end) {
    const box = readBoxHeader(bytes, { start, end: range.end });
    assertBoxEndsWithin(box, range);
    yield box;
    start = box.end;
  }
}

/**
 * The boxes of a file or segment that are of the given types. A last box of another type may be cut short:
 * a player looks at a segment before all of its `mdat` has come.
 */
export function* readTopLevelBoxes(
  bytes: Uint8Array,
  types: readonly string[],
): Generator<Mp4Box, void, undefined> {
  const range = { start: 0, end: bytes.length };
  let start = 0;
  while (start < range.end) {
    const box = readBoxHeader(bytes, { start, end: range.end });
    if (types.includes(box.type)) {
      assertBoxEndsWithin(box, range);
      yield box;
    }
    start = box.end;
  }
}

/** The range of a box's children; `skip` is the length of the fields before the first child. */
export function childRange(box: Mp4Box, skip = 0): ByteRange {
  return { start: box.contentStart + skip, end: box.end };
}

/** Rejects a box that runs past the end of its parent or of the input. */
function assertBoxEndsWithin(box: Mp4Box, range: ByteRange): void {
  if (box.end > range.end) {
    throw new ProtocolError(
      'truncated',
      'box.size',
      `needs ${box.end - box.start} bytes and ${range.end - box.start} are left`,
      box.start,
    );
  }
}
