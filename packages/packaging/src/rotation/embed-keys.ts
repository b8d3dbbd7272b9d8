import { keyIdFromBytes, type KeyId } from '@secure-player/protocol';
import { PackagingError } from '../errors/packaging-error.js';
import { findBox, findBoxes, listBoxes, type FoundBox } from '../mp4/find-boxes.js';

/** `trun` begins with the number of samples, and where their data are when this flag is set (ISO/IEC 14496-12, 8.8.8). */
const DATA_OFFSET_PRESENT = 0x01;
/** `tfhd`: data offsets count from the start of `moof` (section 8.8.7). */
const DEFAULT_BASE_IS_MOOF = 0x02_0000;
/** `sidx`: the first bit tells whether a reference leads to another index; the rest is its size (section 8.16.3). */
const REFERENCED_SIZE = 0x7fff_ffff;

/**
 * Replaces the `pssh` boxes in a media segment's `moof` by one of ours, at its end. All that counts bytes across `moof` is
 * put right; `mdat` stays as it is.
 */
export function embedKeys(segment: Uint8Array, pssh: Uint8Array): Uint8Array<ArrayBuffer> {
  const moof = findBox(segment, 'moof');
  const children = listBoxes(segment, { start: moof.contentStart, end: moof.end });
  const kept = children.filter(({ type }) => type !== 'pssh');
  // What `saio` points to, inside `traf`, must not move.
  const end = kept.at(-1)?.end ?? moof.contentStart;
  if (kept.some((box, index) => box !== children[index])) {
    throw new PackagingError('unexpected-output', 'Shaka Packager wrote pssh boxes before others in moof.');
  }

  const growth = pssh.length - (moof.end - end);
  const rewritten = new Uint8Array(segment.length + growth);
  rewritten.set(segment.subarray(0, end));
  rewritten.set(pssh, end);
  rewritten.set(segment.subarray(moof.end), end + pssh.length);

  const view = new DataView(rewritten.buffer);
  view.setUint32(moof.start, moof.end - moof.start + growth);
  for (const traf of kept.filter(({ type }) => type === 'traf')) moveData(rewritten, traf, growth);
  for (const sidx of findBoxes(rewritten, 'sidx')) growReference(view, sidx, growth);
  return rewritten;
}

/** The key that a media segment's samples are encrypted with, by their sample group (ISO/IEC 23001-7, section 6). */
export function readSegmentKeyId(segment: Uint8Array): KeyId {
  const groups = findBoxes(segment, 'moof', 'traf', 'sgpd').filter(
    ({ contentStart }) => fourCharacters(segment, contentStart + 4) === 'seig',
  );
  const [group, ...others] = groups;
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  // Version 1, a default length, one entry: reserved, pattern, protected, size of the vectors, key id.
  const isOne = group !== undefined && others.length === 0 && view.getUint32(group.contentStart + 12) === 1;
  if (!isOne) {
    throw new PackagingError('unexpected-output', 'Shaka Packager wrote a segment without a key of its own.');
  }
  const keyId = group.contentStart + 20;
  return keyIdFromBytes(segment.slice(keyId, keyId + 16));
}

/** Makes an init segment name `keyId` as the key of its track: the root key, where leaf keys come with the media. */
export function setDefaultKeyId(initSegment: Uint8Array, keyId: Uint8Array): Uint8Array<ArrayBuffer> {
  const path = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'];
  const [tenc, ...others] = ['encv', 'enca'].flatMap((entry) =>
    findBoxes(initSegment, ...path, entry, 'sinf', 'schi', 'tenc'),
  );
  if (tenc === undefined || others.length > 0) {
    throw new PackagingError(
      'unexpected-output',
      'Shaka Packager wrote an init segment without one tenc box.',
    );
  }

  const rewritten = Uint8Array.from(initSegment);
  // After version and flags, a reserved byte, the pattern, whether it is protected, and the size of the vectors.
  rewritten.set(keyId, tenc.contentStart + 8);
  return rewritten;
}

function moveData(bytes: Uint8Array<ArrayBuffer>, traf: FoundBox, growth: number): void {
  const view = new DataView(bytes.buffer);
  for (const box of listBoxes(bytes, { start: traf.contentStart, end: traf.end })) {
    const flags = view.getUint32(box.contentStart) & 0xff_ffff;
    const isRun = box.type === 'trun';
    const expected = isRun ? DATA_OFFSET_PRESENT : box.type === 'tfhd' ? DEFAULT_BASE_IS_MOOF : 0;
    if ((flags & expected) !== expected) {
      throw new PackagingError('unexpected-output', 'Shaka Packager wrote data offsets of another kind.');
    }
    const offset = box.contentStart + 8;
    if (isRun) view.setInt32(offset, view.getInt32(offset) + growth);
  }
}

function growReference(view: DataView, sidx: FoundBox, growth: number): void {
  const isLong = view.getUint8(sidx.contentStart) === 1;
  const count = sidx.contentStart + 12 + (isLong ? 16 : 8) + 2;
  if (view.getUint16(count) !== 1) {
    throw new PackagingError('unexpected-output', 'Shaka Packager wrote an index of several fragments.');
  }
  const reference = view.getUint32(count + 2);
  view.setUint32(count + 2, (reference & REFERENCED_SIZE) + growth);
}

function fourCharacters(bytes: Uint8Array, start: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + 4));
}
