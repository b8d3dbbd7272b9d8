import { ByteReader } from '../bytes/byte-reader.js';
import { toFourCharacters } from '../bytes/four-characters.js';
import { keyIdFromBytes, type KeyId } from '../key-id/key-id.js';
import { ProtocolError } from '../protocol-error.js';
import { childRange, readBoxes, readTopLevelBoxes, type ByteRange, type Mp4Box } from './mp4-box.js';

/** How one sample entry of one track is encrypted: its `tenc` box, with what must be known beside it. */
export interface TrackEncryption {
  readonly trackId: number;
  /** The `schm` four-character code: `cenc`, `cbcs`, seldom `cens` or `cbc1`. */
  readonly scheme: string;
  /** False where samples are clear unless a sample group says otherwise, as in a clear lead. */
  readonly isProtected: boolean;
  readonly defaultKeyId: KeyId;
  /** Bytes of the initialization vector that comes with each sample; 0 when there is a constant one. */
  readonly ivSize: number;
  readonly constantIv?: Uint8Array<ArrayBuffer> | undefined;
  /** Encrypted 16-byte blocks per pattern; 0 when there is no pattern. */
  readonly cryptByteBlock: number;
  /** Clear 16-byte blocks per pattern. */
  readonly skipByteBlock: number;
}

/**
 * Finds how an init segment's video and audio tracks are encrypted; tracks in the clear give nothing
 * (ISO/IEC 23001-7, sections 4 and 8.2). It follows one fixed path of boxes, so boxes nested in
 * themselves cost nothing. Encrypted text tracks are not read: their entries begin with text of any length.
 */
export function readTrackEncryption(bytes: Uint8Array): TrackEncryption[] {
  return [...readTopLevelBoxes(bytes, ['moov'])].flatMap((moov) =>
    findBoxes(bytes, childRange(moov), 'trak').flatMap((trak) => readTrack(bytes, trak)),
  );
}

/** How samples are encrypted, without the track that they belong to. */
export type ProtectionScheme = Omit<TrackEncryption, 'trackId'>;

/**
 * The `sinf` boxes of an init segment's video and audio tracks, each whole: FairPlay's init data of type `sinf` is a list
 * of them.
 */
export function findProtectionSchemeBoxes(initSegment: Uint8Array): Uint8Array<ArrayBuffer>[] {
  return [...readTopLevelBoxes(initSegment, ['moov'])]
    .flatMap((moov) => findBoxes(initSegment, childRange(moov), 'trak'))
    .flatMap((trak) => findPath(initSegment, trak, ['mdia', 'minf', 'stbl', 'stsd']))
    .flatMap((stsd) => findProtectionBoxes(initSegment, stsd))
    .map(({ start, end }) => Uint8Array.from(initSegment.subarray(start, end)));
}

/** Reads one whole `sinf` box; null when it says nothing of Common Encryption (it has no `schi/tenc`). */
export function readProtectionScheme(bytes: Uint8Array): ProtectionScheme | null {
  const [sinf] = readBoxes(bytes, { start: 0, end: bytes.length });
  if (sinf?.type !== 'sinf') {
    throw new ProtocolError('malformed', 'sinf', 'is not a `sinf` box', 0);
  }
  return readProtection(bytes, sinf)[0] ?? null;
}

/** `stsd` is a full box with a count of entries. */
const STSD_FIELDS = 8;

function readTrack(bytes: Uint8Array, trak: Mp4Box): TrackEncryption[] {
  const protections = findPath(bytes, trak, ['mdia', 'minf', 'stbl', 'stsd'])
    .flatMap((stsd) => findProtectionBoxes(bytes, stsd))
    .flatMap((sinf) => readProtection(bytes, sinf));
  if (protections.length === 0) return [];

  const trackId = readTrackId(bytes, trak);
  return protections.map((protection) => ({ trackId, ...protection }));
}

function readTrackId(bytes: Uint8Array, trak: Mp4Box): number {
  const reader = readerFor(bytes, requireBox(bytes, childRange(trak), 'tkhd', 'trak.tkhd'));
  const version = reader.uint8('tkhd.version');
  reader.skip(3, 'tkhd.flags');
  // Creation and modification time come first, and are what version 1 widens.
  reader.skip(version === 1 ? 16 : 8, 'tkhd.creationTime');
  return reader.uint32('tkhd.trackId');
}

function findProtectionBoxes(bytes: Uint8Array, stsd: Mp4Box): Mp4Box[] {
  return [...readBoxes(bytes, childRange(stsd, STSD_FIELDS))].flatMap((entry) => {
    const fields = sampleEntryFields(bytes, stsd, entry);
    return fields === null ? [] : findBoxes(bytes, childRange(entry, fields), 'sinf');
  });
}

/** The length of a sample entry's own fields, before its child boxes; null for entries that are not encrypted. */
function sampleEntryFields(bytes: Uint8Array, stsd: Mp4Box, entry: Mp4Box): number | null {
  if (entry.type === 'encv') return 78;
  if (entry.type !== 'enca') return null;

  const reader = readerFor(bytes, entry);
  reader.skip(8, 'enca.dataReferenceIndex');
  const entryVersion = reader.uint16('enca.version');
  // QuickTime's sound entries grow with their version. ISO's version 1 does not, and announces itself by
  // the version of the `stsd` around it (ISO/IEC 14496-12, section 12.2.3).
  if (readerFor(bytes, stsd).uint8('stsd.version') === 1) return 28;
  return 28 + ({ 1: 16, 2: 36 }[entryVersion] ?? 0);
}

function readProtection(bytes: Uint8Array, sinf: Mp4Box): ProtectionScheme[] {
  const defaults = findPath(bytes, sinf, ['schi', 'tenc']);
  if (defaults.length === 0) return [];

  const schm = readerFor(bytes, requireBox(bytes, childRange(sinf), 'schm', 'sinf.schm'));
  schm.skip(4, 'schm.version');
  const scheme = toFourCharacters(schm.uint32('schm.schemeType'));
  return defaults.map((tenc) => ({ scheme, ...readTenc(readerFor(bytes, tenc)) }));
}

function readTenc(reader: ByteReader): Omit<TrackEncryption, 'trackId' | 'scheme'> {
  const version = reader.uint8('tenc.version');
  reader.skip(4, 'tenc.reserved');
  const pattern = reader.uint8('tenc.pattern');
  const isProtected = reader.uint8('tenc.defaultIsProtected') === 1;
  const ivSize = reader.uint8('tenc.defaultPerSampleIvSize');
  const defaultKeyId = keyIdFromBytes(reader.bytes(16, 'tenc.defaultKeyId'));
  const hasConstantIv = isProtected && ivSize === 0;
  return {
    isProtected,
    defaultKeyId,
    ivSize,
    ...(hasConstantIv && {
      constantIv: reader.bytes(reader.uint8('tenc.constantIvSize'), 'tenc.constantIv'),
    }),
    // Version 0 knows no pattern, and reserves the byte.
    cryptByteBlock: version === 0 ? 0 : pattern >> 4,
    skipByteBlock: version === 0 ? 0 : pattern & 0x0f,
  };
}

function readerFor(bytes: Uint8Array, box: Mp4Box): ByteReader {
  return new ByteReader(bytes, box.contentStart, box.end);
}

function findBoxes(bytes: Uint8Array, range: ByteRange, type: string): Mp4Box[] {
  return [...readBoxes(bytes, range)].filter((box) => box.type === type);
}

function findPath(bytes: Uint8Array, parent: Mp4Box, path: readonly string[]): Mp4Box[] {
  return path.reduce<Mp4Box[]>(
    (boxes, type) => boxes.flatMap((box) => findBoxes(bytes, childRange(box), type)),
    [parent],
  );
}

function requireBox(bytes: Uint8Array, range: ByteRange, type: string, field: string): Mp4Box {
  const [box] = findBoxes(bytes, range, type);
  if (box === undefined) {
    throw new ProtocolError('malformed', field, 'is missing', range.start);
  }
  return box;
}
