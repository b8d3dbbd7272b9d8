/** One track as a packager leaves it: an init segment, and media segments in order. */
export interface TrackFiles {
  readonly init: Uint8Array;
  readonly segments: readonly Uint8Array[];
}

interface Box {
  readonly type: string;
  /** With its header. */
  readonly bytes: Uint8Array;
}

/**
 * Makes one fragmented MP4 of several tracks, each still encrypted under its own key, as `mp4encrypt` leaves a film: one
 * `moov` with all tracks and all `pssh` boxes, then the fragments of the tracks in turn.
 */
export function muxTracks(tracks: readonly TrackFiles[]): Uint8Array {
  const moovs = tracks.map(({ init }) => childrenOf(find(boxesOf(init), 'moov')));
  const numbered = moovs.map((children, index) =>
    children.map((box) => (box.type === 'trak' ? withTrackId(box, 'tkhd', index + 1) : box)),
  );
  const extensions = moovs.flatMap((children, index) =>
    childrenOf(find(children, 'mvex'))
      .filter(({ type }) => type === 'trex')
      .map((box) => withTrackId(box, 'trex', index + 1)),
  );
  const moov = wrap('moov', [
    find(moovs[0] ?? [], 'mvhd'),
    ...numbered.flatMap((children) => children.filter(({ type }) => type === 'trak')),
    wrap('mvex', extensions),
    ...uniqueBoxes(moovs.flatMap((children) => children.filter(({ type }) => type === 'pssh'))),
  ]);
  const count = Math.max(...tracks.map(({ segments }) => segments.length));
  const fragments = Array.from({ length: count }, (_, segment) =>
    tracks.flatMap(({ segments }, index) => fragmentsOf(segments[segment] ?? new Uint8Array(), index + 1)),
  ).flat();

  return concat([find(boxesOf(tracks[0]?.init ?? new Uint8Array()), 'ftyp'), moov, ...fragments]);
}

/** The `moof` and `mdat` boxes; offsets in them are from the `moof`, so that they may be moved together. */
function fragmentsOf(segment: Uint8Array, trackId: number): Box[] {
  return boxesOf(segment)
    .filter(({ type }) => type === 'moof' || type === 'mdat')
    .map((item) => (item.type === 'moof' ? withTrackId(item, 'tfhd', trackId) : item));
}

/** A copy in which the box of this type has another track id, which keeps every size. */
function withTrackId(parent: Box, type: 'tkhd' | 'trex' | 'tfhd', trackId: number): Box {
  const bytes = parent.bytes.slice();
  const start = startOf(bytes, type);
  // Version and flags come first; then, in a `tkhd`, two times of 4 or 8 bytes.
  const times = type === 'tkhd' ? (bytes[start + 8] === 1 ? 16 : 8) : 0;
  new DataView(bytes.buffer).setUint32(start + 12 + times, trackId);

  return { type: parent.type, bytes };
}

function startOf(bytes: Uint8Array, type: string): number {
  const letters = new TextEncoder().encode(type);
  for (let index = 4; index < bytes.length; index += 1) {
    if (letters.every((letter, offset) => bytes[index + offset] === letter)) return index - 4;
  }

  throw new Error(`There is no ${type} box.`);
}

function boxesOf(bytes: Uint8Array): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes: Box[] = [];
  for (let start = 0; start < bytes.length;) {
    const size = view.getUint32(start);
    const type = new TextDecoder('latin1').decode(bytes.subarray(start + 4, start + 8));
    boxes.push({ type, bytes: bytes.subarray(start, start + size) });
    start += size;
  }

  return boxes;
}

function childrenOf({ bytes }: Box): Box[] {
  return boxesOf(bytes.subarray(8));
}

function find(boxes: readonly Box[], type: string): Box {
  const found = boxes.find((candidate) => candidate.type === type);
  if (!found) throw new Error(`There is no ${type} box.`);

  return found;
}

function wrap(type: string, children: readonly Box[]): Box {
  const content = concat(children);
  const bytes = new Uint8Array(8 + content.length);
  new DataView(bytes.buffer).setUint32(0, bytes.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(content, 8);

  return { type, bytes };
}

function uniqueBoxes(boxes: readonly Box[]): Box[] {
  return [...new Map(boxes.map((item) => [String(item.bytes), item])).values()];
}

function concat(boxes: readonly Box[]): Uint8Array {
  const whole = new Uint8Array(boxes.reduce((size, { bytes }) => size + bytes.length, 0));
  let offset = 0;
  for (const { bytes } of boxes) {
    whole.set(bytes, offset);
    offset += bytes.length;
  }

  return whole;
}
