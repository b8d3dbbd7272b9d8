import { createDecipheriv } from 'node:crypto';
import { toHex, type KeyId } from '@secure-player/protocol';
import { findBox, findBoxes, type FoundBox } from '../mp4/find-boxes.js';

/**
 * The media bytes of a segment with a key of its own, decrypted as a player does (ISO/IEC 23001-7, sections 9 and 10): Packager
 * decrypts with the init segment's key alone. Samples are taken from where `trun` says that they are.
 */
export function decryptSegment(segment: Uint8Array, keys: ReadonlyMap<KeyId, Uint8Array>): Buffer {
  const group = readKeyGroup(segment);
  const key = keys.get(group.keyId);
  if (key === undefined) throw new Error('The segment has an unknown key.');

  const infos = readSampleInfos(segment, group);
  return Buffer.concat(
    readSampleBytes(segment).map((sample, index) => {
      const { iv, subsamples } = infos[index] ?? { iv: group.constantIv, subsamples: [] };
      return group.ivSize === 0
        ? decryptCbcs(sample, subsamples, { key, iv, group })
        : decryptCenc(sample, subsamples, { key, iv });
    }),
  );
}

interface KeyGroup {
  readonly keyId: KeyId;
  readonly ivSize: number;
  readonly constantIv: Uint8Array;
  readonly cryptBlocks: number;
  readonly skipBlocks: number;
}

interface Subsample {
  readonly clear: number;
  readonly encrypted: number;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function readKeyGroup(segment: Uint8Array): KeyGroup {
  const isKeyGroup = ({ contentStart }: FoundBox): boolean =>
    String.fromCharCode(...segment.subarray(contentStart + 4, contentStart + 8)) === 'seig';
  const group = findBoxes(segment, 'moof', 'traf', 'sgpd').find(isKeyGroup);
  if (!group) throw new Error('The segment has no key group.');

  const entry = segment.subarray(group.contentStart + 16, group.end);
  const pattern = entry[1] ?? 0;
  return {
    ivSize: entry[3] ?? 0,
    keyId: toHex(entry.subarray(4, 20)),
    constantIv: entry.subarray(21, 21 + (entry[20] ?? 0)),
    cryptBlocks: pattern >> 4,
    skipBlocks: pattern & 0x0f,
  };
}

function readSampleBytes(segment: Uint8Array): Uint8Array[] {
  const view = viewOf(segment);
  const run = findBox(segment, 'moof', 'traf', 'trun').contentStart;
  const flags = view.getUint32(run) & 0xff_ffff;
  const fields = [0x100, 0x200, 0x400, 0x800].filter((flag) => (flags & flag) !== 0);
  let at = findBox(segment, 'moof').start + view.getInt32(run + 8);

  return Array.from({ length: view.getUint32(run + 4) }, (_, index) => {
    const size = view.getUint32(run + 12 + 4 * (index * fields.length + fields.indexOf(0x200)));
    at += size;
    return segment.subarray(at - size, at);
  });
}

function readSampleInfos(
  segment: Uint8Array,
  group: KeyGroup,
): { iv: Uint8Array; subsamples: Subsample[] }[] {
  const view = viewOf(segment);
  const senc = findBox(segment, 'moof', 'traf', 'senc').contentStart;
  const hasSubsamples = (view.getUint32(senc) & 0x02) !== 0;
  let at = senc + 8;

  return Array.from({ length: view.getUint32(senc + 4) }, () => {
    const iv = group.ivSize === 0 ? group.constantIv : segment.subarray(at, at + group.ivSize);
    at += group.ivSize;
    const count = hasSubsamples ? view.getUint16(at) : 0;
    if (hasSubsamples) at += 2;
    const subsamples = Array.from({ length: count }, (_, index) => ({
      clear: view.getUint16(at + index * 6),
      encrypted: view.getUint32(at + index * 6 + 2),
    }));
    at += count * 6;
    return { iv, subsamples };
  });
}

/** One key stream through all encrypted bytes of the sample. */
function decryptCenc(
  sample: Uint8Array,
  subsamples: readonly Subsample[],
  { key, iv }: { key: Uint8Array; iv: Uint8Array },
): Buffer {
  const counter = Buffer.alloc(16);
  counter.set(iv);
  const decipher = createDecipheriv('aes-128-ctr', key, counter);
  return Buffer.concat(
    partsOf(sample, subsamples).map(({ bytes, isEncrypted }) =>
      isEncrypted ? decipher.update(bytes) : Buffer.from(bytes),
    ),
  );
}

/** Each encrypted part begins with the constant vector; only whole blocks are encrypted, and in video one of ten. */
function decryptCbcs(
  sample: Uint8Array,
  subsamples: readonly Subsample[],
  { key, iv, group }: { key: Uint8Array; iv: Uint8Array; group: KeyGroup },
): Buffer {
  const parts = partsOf(sample, subsamples).map(({ bytes, isEncrypted }) => {
    if (!isEncrypted) return Buffer.from(bytes);

    const clear = Buffer.from(bytes);
    const decipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
    const period = group.cryptBlocks + group.skipBlocks;
    for (let block = 0; (block + 1) * 16 <= bytes.length; block += 1) {
      const isCrypted = period === 0 || block % period < group.cryptBlocks;
      if (isCrypted) clear.set(decipher.update(bytes.subarray(block * 16, block * 16 + 16)), block * 16);
    }
    return clear;
  });
  return Buffer.concat(parts);
}

function partsOf(
  sample: Uint8Array,
  subsamples: readonly Subsample[],
): { bytes: Uint8Array; isEncrypted: boolean }[] {
  if (subsamples.length === 0) return [{ bytes: sample, isEncrypted: true }];

  let at = 0;
  return subsamples.flatMap(({ clear, encrypted }) => {
    const start = at;
    at += clear + encrypted;
    return [
      { bytes: sample.subarray(start, start + clear), isEncrypted: false },
      { bytes: sample.subarray(start + clear, at), isEncrypted: true },
    ];
  });
}
