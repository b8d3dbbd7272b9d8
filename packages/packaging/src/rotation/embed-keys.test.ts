import { toHex } from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';
import { boxesAt, boxesIn } from '../testing/mp4-boxes.js';
import { embedKeys, readSegmentKeyId, setDefaultKeyId } from './embed-keys.js';

const KEY_ID = 'abba271e8bcf552bbd2e86a434a9a5d9';
const bytesOf = (hex: string): number[] => [...Buffer.from(hex, 'hex')];
const box = (type: string, ...content: readonly number[]): number[] => [
  ...[0, 0, (content.length + 8) >> 8, (content.length + 8) & 0xff],
  ...new TextEncoder().encode(type),
  ...content,
];

const TFHD = box('tfhd', ...bytesOf('0002000000000001'));
/** One sample, whose data are where `offset` says. */
const trun = (offset: number, flags = 1): number[] =>
  box('trun', ...[0, 0, 0, flags], ...[0, 0, 0, 1], ...[0, 0, 0, offset]);
const SGPD = box('sgpd', ...bytesOf(`0100000073656967000000140000000100000108${KEY_ID}`));
const OTHER_PSSH = box('pssh', 1, 2, 3);
const PSSH = Uint8Array.from(box('pssh', ...Array.from({ length: 30 }, () => 7)));
const MDAT = box('mdat', 42, 43);
/** Version 1, one reference of 99 bytes. */
const sidx = (count = 1): number[] =>
  box(
    'sidx',
    ...bytesOf('01000000000000010000320000000000000000000000000000000000000000'),
    count,
    0,
    0,
    0,
    99,
  );

const TRAF = box('traf', ...TFHD, ...trun(80), ...SGPD);
const segment = (...boxes: readonly number[][]): Uint8Array => Uint8Array.from(boxes.flat());

describe('embedKeys', () => {
  it.each([
    ['in place of another', [OTHER_PSSH], 38 - 11],
    ['in place of several', [OTHER_PSSH, OTHER_PSSH], 38 - 22],
    ['where none was', [], 38],
  ])('puts the box at the end of moof %s, and moves what lies behind it', (_, others, growth) => {
    const before = segment(sidx(), box('moof', ...TRAF, ...others.flat()), MDAT);
    const after = embedKeys(before, PSSH);

    expect(boxesIn(after).map(({ type }) => type)).toEqual(['sidx', 'moof', 'mdat']);
    expect(boxesAt(after, 'moof').flatMap(({ content }) => boxesIn(content).map(({ type }) => type))).toEqual(
      ['traf', 'pssh'],
    );
    expect(after.length - before.length).toBe(growth);
    expect([...(boxesAt(after, 'mdat')[0]?.content ?? [])]).toEqual([42, 43]);
    expect(toHex(boxesAt(after, 'moof', 'traf', 'trun')[0]?.content ?? new Uint8Array())).toBe(
      `0000000100000001000000${(80 + growth).toString(16)}`,
    );
    expect(boxesAt(after, 'sidx')[0]?.content.at(-1)).toBe(99 + growth);
  });

  it.each([
    ['without moof', segment(MDAT)],
    ['with two', segment(box('moof', ...TRAF), box('moof', ...TRAF))],
    ['whose pssh lies before what saio counts from', segment(box('moof', ...OTHER_PSSH, ...TRAF))],
    ['whose data are elsewhere', segment(box('moof', ...box('traf', ...TFHD, ...trun(80, 0))))],
    ['whose offsets count from the file', segment(box('moof', ...box('traf', ...box('tfhd', 0, 0, 0, 0))))],
    ['with an index of two fragments', segment(sidx(2), box('moof', ...TRAF))],
    ['that is cut', segment(box('moof', ...TRAF)).subarray(0, -1)],
    ['that ends in half a header', segment(box('moof', ...TRAF), [0, 0])],
  ])('refuses a segment %s', (_, bytes) => {
    expect(() => embedKeys(bytes, PSSH)).toThrow(expect.objectContaining({ code: 'unexpected-output' }));
  });
});

describe('readSegmentKeyId', () => {
  it('reads the key of the samples’ group', () => {
    const roll = box('sgpd', ...bytesOf('01000000726f6c6c0000000200000001ffff'));
    const traf = box('traf', ...roll, ...SGPD);
    expect(readSegmentKeyId(segment(box('moof', ...traf)))).toBe(KEY_ID);
  });

  it.each([
    ['without a group', []],
    ['with two', [...SGPD, ...SGPD]],
  ])('refuses a segment %s', (_, groups) => {
    const bytes = segment(box('moof', ...box('traf', ...groups)));
    expect(() => readSegmentKeyId(bytes)).toThrow(expect.objectContaining({ code: 'unexpected-output' }));
  });
});

describe('setDefaultKeyId', () => {
  it('refuses an init segment that names no key', () => {
    const bytes = segment(box('moov', ...box('trak')));
    expect(() => setDefaultKeyId(bytes, new Uint8Array(16))).toThrow(
      expect.objectContaining({ code: 'unexpected-output' }),
    );
  });
});
