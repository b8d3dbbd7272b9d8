import { childRange, readBoxes, readTopLevelBoxes, type Mp4Box } from '../mp4/mp4-box.js';
import { ProtocolError } from '../protocol-error.js';
import { MAX_PSSH_BYTES, readPsshContent, type PsshBox } from './pssh-box.js';

/** `pssh` belongs in `moov` and `moof`. The other boxes here hold nothing but boxes, and packagers err. */
const CONTAINERS = ['moov', 'moof', 'trak', 'traf', 'mdia', 'minf', 'stbl', 'mvex'];

/** The longest real path, `moov/trak/mdia/minf/stbl`, is 5. */
const MAX_DEPTH = 8;

/**
 * Finds the `pssh` boxes of an MP4 init segment or media segment, in file order. A last box without any,
 * such as `mdat`, may be cut short.
 *
 * Boxes nested deeper than any real file are `malformed`, so the time is linear in the size of the input.
 */
export function findPsshBoxes(bytes: Uint8Array): PsshBox[] {
  const found: PsshBox[] = [];
  for (const box of readTopLevelBoxes(bytes, [...CONTAINERS, 'pssh'])) {
    collect(bytes, box, 1, found);
  }
  return found;
}

function collect(bytes: Uint8Array, box: Mp4Box, depth: number, found: PsshBox[]): void {
  if (box.type === 'pssh') {
    const pssh = readBoundedPssh(bytes, box);
    if (pssh !== null) found.push(pssh);
    return;
  }
  if (!CONTAINERS.includes(box.type)) return;

  if (depth > MAX_DEPTH) {
    throw new ProtocolError('malformed', 'box', `is nested deeper than ${MAX_DEPTH} boxes`, box.start);
  }
  for (const child of readBoxes(bytes, childRange(box))) {
    collect(bytes, child, depth + 1, found);
  }
}

function readBoundedPssh(bytes: Uint8Array, box: Mp4Box): PsshBox | null {
  if (box.end - box.start > MAX_PSSH_BYTES) {
    throw new ProtocolError('oversized', 'pssh', `is over ${MAX_PSSH_BYTES} bytes`, box.start);
  }
  return readPsshContent(bytes, box);
}
