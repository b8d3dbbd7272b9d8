import { PackagingError } from '../errors/packaging-error.js';

/** Where one box of Packager's lies in its file. Its header has 8 bytes: Packager writes no 64-bit sizes here. */
export interface FoundBox {
  readonly type: string;
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
}

/** A part of a file, in bytes. */
export interface FileRange {
  readonly start: number;
  readonly end: number;
}

/** What lies before the children of these boxes; others have nothing there. */
const FIELD_BYTES: Readonly<Record<string, number>> = { stsd: 8, encv: 78, enca: 28 };

/** The boxes directly in a range, in order. */
export function listBoxes(bytes: Uint8Array, range: FileRange): FoundBox[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes: FoundBox[] = [];
  for (let start = range.start; start < range.end;) {
    const end = start + (start + 8 <= range.end ? view.getUint32(start) : 0);
    if (end < start + 8 || end > range.end) {
      throw new PackagingError('unexpected-output', 'Shaka Packager wrote a file of broken boxes.');
    }
    const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    boxes.push({ type, start, contentStart: start + 8, end });
    start = end;
  }
  return boxes;
}

/** All boxes at a path from the top of the file, such as `moof`, `traf`, `trun`. */
export function findBoxes(bytes: Uint8Array, ...path: readonly string[]): FoundBox[] {
  return path.reduce<FoundBox[]>(
    (parents, type) =>
      parents.flatMap((parent) => listBoxes(bytes, childrenOf(parent)).filter((box) => box.type === type)),
    [{ type: '', start: 0, contentStart: 0, end: bytes.length }],
  );
}

/** The one box at a path; Packager writes exactly one where this is asked. */
export function findBox(bytes: Uint8Array, ...path: readonly string[]): FoundBox {
  const [box, ...others] = findBoxes(bytes, ...path);
  if (box === undefined || others.length > 0) {
    throw new PackagingError(
      'unexpected-output',
      `Shaka Packager wrote ${box === undefined ? 'no' : 'more than one'} ${path.join('/')} box.`,
    );
  }
  return box;
}

/** The part of a box that its child boxes fill. */
function childrenOf(box: FoundBox): FileRange {
  return { start: box.contentStart + (FIELD_BYTES[box.type] ?? 0), end: box.end };
}
