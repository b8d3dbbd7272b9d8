import { findPsshBoxes, SYSTEM_IDS, toHex } from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';
import { boxesIn } from '../testing/mp4-boxes.js';
import { addFairPlayPssh } from './add-fairplay-pssh.js';

const KEY_ID = 'abba271e8bcf552bbd2e86a434a9a5d9';
const box = (type: string, content: readonly number[] = []): number[] => [
  ...[0, 0, 0, content.length + 8],
  ...new TextEncoder().encode(type),
  ...content,
];

describe('addFairPlayPssh', () => {
  const initSegment = Uint8Array.from([
    ...box('ftyp', [1, 2]),
    ...box('moov', box('mvhd', [3])),
    ...box('free', [4]),
  ]);

  it('adds the box at the end of moov and keeps the rest', () => {
    const extended = addFairPlayPssh(initSegment, KEY_ID);
    const [first, moov, last] = boxesIn(extended);

    expect([first?.type, moov?.type, last?.type]).toEqual(['ftyp', 'moov', 'free']);
    expect([...(last?.content ?? [])]).toEqual([4]);
    expect(boxesIn(moov?.content ?? new Uint8Array()).map(({ type }) => type)).toEqual(['mvhd', 'pssh']);
  });

  it('names the key where key-id readers and where WebKit look', () => {
    const [pssh] = findPsshBoxes(addFairPlayPssh(initSegment, KEY_ID));

    expect(pssh?.systemId).toBe(SYSTEM_IDS.fairplay);
    expect(pssh?.keyIds).toEqual([KEY_ID]);
    expect(toHex(pssh?.data ?? new Uint8Array())).toBe(
      [
        '0000003c66707364',
        '00000010667073690000000063626373',
        '000000246670736b',
        `0000001c666b726900000000${KEY_ID}`,
      ].join(''),
    );
  });

  it.each([
    ['without moov', box('ftyp')],
    ['whose moov is cut short', box('moov', [1, 2, 3, 4]).slice(0, -1)],
    ['with an impossible size', [0, 0, 0, 4, ...new TextEncoder().encode('moov')]],
  ])('refuses a file %s', (_, bytes) => {
    expect(() => addFairPlayPssh(Uint8Array.from(bytes), KEY_ID)).toThrow(
      expect.objectContaining({ code: 'unexpected-output' }),
    );
  });
});
