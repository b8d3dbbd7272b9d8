import { describe, expect, it } from 'vitest';
import { box, join, nest, patch, uint32 } from '../mp4/testing/boxes.js';
import { CBCS_AUDIO_INIT, CENC_VIDEO_INIT, ROTATED_SEGMENT_START } from '../mp4/testing/packager-segments.js';
import { findPsshBoxes } from './find-pssh-boxes.js';
import { keyIdsOfPssh } from './key-ids-of-pssh.js';
import { readPsshBoxes, writePsshBox } from './pssh-box.js';
import { SYSTEM_IDS } from './system-ids.js';

const AUDIO_KEY_ID = 'f3c5e0361e6654b28f8049c778b23946';
const VIDEO_KEY_ID = '6b65796964317e7e7e7e7e7e7e7e7e7e';
const PSSH = writePsshBox({ systemId: SYSTEM_IDS.common, keyIds: [AUDIO_KEY_ID] });

describe('findPsshBoxes', () => {
  it('finds what Shaka Packager puts into an init segment, in file order', () => {
    const boxes = findPsshBoxes(CENC_VIDEO_INIT);

    expect(boxes.map(({ systemId }) => systemId)).toEqual([
      SYSTEM_IDS.common,
      SYSTEM_IDS.playready,
      SYSTEM_IDS.widevine,
    ]);
    expect(boxes.map(keyIdsOfPssh)).toEqual([
      [AUDIO_KEY_ID, VIDEO_KEY_ID],
      [VIDEO_KEY_ID],
      [AUDIO_KEY_ID, VIDEO_KEY_ID],
    ]);
    expect(findPsshBoxes(CBCS_AUDIO_INIT).map(({ systemId }) => systemId)).toContain(SYSTEM_IDS.widevine);
  });

  it('finds a rotated key in a segment whose mdat has not all come', () => {
    expect(findPsshBoxes(ROTATED_SEGMENT_START)).toMatchObject([
      { systemId: SYSTEM_IDS.common, keyIds: [expect.stringMatching(/^[0-9a-f]{32}$/)] },
    ]);
  });

  it('finds boxes at the top, in moov, in moof and deeper', () => {
    const file = join(
      PSSH,
      box('moov', box('trak', box('mdia', box('minf', box('stbl', PSSH)))), PSSH),
      box('moof', box('traf', PSSH)),
      box('mdat', PSSH),
    );

    expect(findPsshBoxes(file)).toHaveLength(4);
  });

  it('reads a last container whose size is 0', () => {
    expect(findPsshBoxes(patch(box('moov', PSSH, PSSH), 0, uint32(0)))).toEqual(
      readPsshBoxes(join(PSSH, PSSH)),
    );
  });

  it('leaves out boxes of an unknown version', () => {
    expect(findPsshBoxes(box('moov', patch(PSSH, 8, Uint8Array.of(7)), PSSH))).toHaveLength(1);
  });

  it.each([
    ['a moov that is cut', box('moov', PSSH).subarray(0, 30), 'truncated', 'box.size', 0],
    ['a child larger than its parent', box('moov', patch(PSSH, 0, uint32(100))), 'truncated', 'box.size', 8],
    [
      'a child smaller than its header',
      box('moov', patch(box('free'), 0, uint32(4))),
      'malformed',
      'box.size',
      8,
    ],
    ['a header that is cut', join(box('free'), Uint8Array.of(0, 0, 1)), 'truncated', 'box.size', 8],
    ['a pssh that is broken', box('moov', box('pssh', 20)), 'truncated', 'pssh.dataSize', 36],
    ['a pssh over a mebibyte', box('moov', box('pssh', 1024 * 1024)), 'oversized', 'pssh', 8],
    ['a moov in a moov in a moov', nest('moov', 9), 'malformed', 'box', 64],
  ])('refuses %s', (_, bytes, code, field, offset) => {
    expect(() => findPsshBoxes(bytes)).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field, offset }),
    );
  });

  it('ends at once on a hundred thousand boxes inside one another', () => {
    const bytes = nest('moof', 100_000);
    const start = performance.now();

    expect(() => findPsshBoxes(bytes)).toThrow(expect.objectContaining({ code: 'malformed', field: 'box' }));
    expect(performance.now() - start).toBeLessThan(4000);
  });

  it('takes linear time on a quarter of a million empty boxes', () => {
    const empty = new Uint8Array(2_000_000);
    for (let offset = 0; offset < empty.length; offset += 8) empty.set([0, 0, 0, 8], offset);
    const start = performance.now();

    expect(findPsshBoxes(empty)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(4000);
  });
});
