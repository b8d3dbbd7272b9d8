import { findProtectionSchemeBoxes, toBase64 } from '@secure-player/protocol';
import { expect, it } from 'vitest';

import { sinfInitData } from './sinf-init-data.js';

const text = new TextEncoder();

function box(type: string, ...parts: readonly (Uint8Array | number)[]): Uint8Array {
  const bytes = parts.flatMap((part) =>
    typeof part === 'number' ? Array.from({ length: part }, () => 0) : [...part],
  );
  const size = bytes.length + 8;
  return Uint8Array.of(0, 0, size >> 8, size & 0xff, ...text.encode(type), ...bytes);
}

/** An init segment with a video track for each scheme. */
function initSegment(...schemes: readonly string[]): Uint8Array {
  const tracks = schemes.map((scheme) => {
    const sinf = box(
      'sinf',
      box('frma', text.encode('avc1')),
      box('schm', 4, text.encode(scheme), 4),
      box('schi', box('tenc', 4, 2, Uint8Array.of(1, 8), new Uint8Array(16).fill(7))),
    );
    const stsd = box('stsd', 7, Uint8Array.of(1), box('encv', 78, sinf));
    return box('trak', box('tkhd', 84), box('mdia', box('minf', box('stbl', stsd))));
  });
  return box('moov', ...tracks);
}

const read = (initData: ArrayBuffer | null): unknown =>
  initData && JSON.parse(new TextDecoder().decode(initData));

it('lists the boxes of the tracks that are encrypted as cbcs', () => {
  const segment = initSegment('cbcs', 'cenc', 'cbcs');
  const [first, , third] = findProtectionSchemeBoxes(segment);

  expect(read(sinfInitData(segment))).toEqual({
    sinf: [first, third].map((bytes) => bytes && toBase64(bytes)),
  });
});

it.each([
  ['cenc alone', initSegment('cenc')],
  ['tracks in the clear', initSegment()],
  ['a media segment', box('moof', 20)],
  ['nothing', new Uint8Array()],
  ['no MP4', text.encode('WEBVTT, a file of another kind')],
  ['a segment that is cut off', initSegment('cbcs').subarray(0, 40)],
])('makes nothing of %s', (_, segment) => {
  expect(sinfInitData(segment)).toBeNull();
});
