import { describe, expect, it } from 'vitest';
import { fromHex } from '../bytes/hex.js';
import { box, indexOfBytes, join, nest, patch, uint32 } from './testing/boxes.js';
import {
  CBCS_AUDIO_INIT,
  CBCS_VIDEO_INIT,
  CENC_VIDEO_INIT,
  ROTATED_SEGMENT_START,
} from './testing/packager-segments.js';
import { findProtectionSchemeBoxes, readProtectionScheme, readTrackEncryption } from './track-encryption.js';

const VIDEO_KEY_ID = '6b65796964317e7e7e7e7e7e7e7e7e7e';
const AUDIO_KEY_ID = 'f3c5e0361e6654b28f8049c778b23946';
const text = new TextEncoder();

describe('readTrackEncryption', () => {
  it('reads cenc video as Shaka Packager writes it', () => {
    expect(readTrackEncryption(CENC_VIDEO_INIT)).toEqual([
      {
        trackId: 1,
        scheme: 'cenc',
        isProtected: true,
        defaultKeyId: VIDEO_KEY_ID,
        ivSize: 8,
        cryptByteBlock: 0,
        skipByteBlock: 0,
      },
    ]);
  });

  it('reads cbcs video: a constant vector and a pattern', () => {
    expect(readTrackEncryption(CBCS_VIDEO_INIT)).toEqual([
      {
        trackId: 1,
        scheme: 'cbcs',
        isProtected: true,
        defaultKeyId: VIDEO_KEY_ID,
        ivSize: 0,
        constantIv: expect.objectContaining({ length: 16 }),
        cryptByteBlock: 1,
        skipByteBlock: 9,
      },
    ]);
  });

  it('reads cbcs audio: no pattern', () => {
    expect(readTrackEncryption(CBCS_AUDIO_INIT)).toMatchObject([
      { scheme: 'cbcs', defaultKeyId: AUDIO_KEY_ID, cryptByteBlock: 0, skipByteBlock: 0 },
    ]);
  });

  it('gives every sample entry of every track, and nothing for those in the clear', () => {
    const init = moov(
      trak({ trackId: 3, entries: [box('avc1', 78), encv(sinf({ scheme: 'cenc' }))] }),
      trak({ trackId: 9, entries: [box('mp4a', 28)] }),
      trak({ trackId: 7, entries: [enca({}, sinf({ scheme: 'cbcs' }))], tkhdVersion: 1 }),
    );

    expect(readTrackEncryption(init)).toMatchObject([
      { trackId: 3, scheme: 'cenc' },
      { trackId: 7, scheme: 'cbcs' },
    ]);
  });

  it('tells a clear lead, whose samples are protected by sample group only', () => {
    const tenc = box('tenc', fromHex(`0000000000000000${AUDIO_KEY_ID}`));

    expect(readTrackEncryption(moov(trak({ entries: [encv(sinf({ tenc }))] })))).toEqual([
      expect.objectContaining({ isProtected: false, ivSize: 0, defaultKeyId: AUDIO_KEY_ID }),
    ]);
  });

  it('ignores the pattern byte in version 0 of tenc, which reserves it', () => {
    const tenc = box('tenc', fromHex(`0000000000190108${AUDIO_KEY_ID}`));

    expect(readTrackEncryption(moov(trak({ entries: [encv(sinf({ tenc }))] })))).toMatchObject([
      { cryptByteBlock: 0, skipByteBlock: 0, ivSize: 8 },
    ]);
  });

  it.each([
    ['ISO, version 0', { stsdVersion: 0, entryVersion: 0, extra: 0 }],
    ['ISO, version 1', { stsdVersion: 1, entryVersion: 1, extra: 0 }],
    ['QuickTime, version 1', { stsdVersion: 0, entryVersion: 1, extra: 16 }],
    ['QuickTime, version 2', { stsdVersion: 0, entryVersion: 2, extra: 36 }],
  ])('finds the boxes in an audio sample entry of %s', (_, { stsdVersion, entryVersion, extra }) => {
    const entries = [enca({ version: entryVersion, extra }, sinf({ scheme: 'cenc' }))];

    expect(readTrackEncryption(moov(trak({ entries, stsdVersion })))).toHaveLength(1);
  });

  it('finds nothing where there is no moov', () => {
    expect(readTrackEncryption(new Uint8Array())).toEqual([]);
    expect(readTrackEncryption(ROTATED_SEGMENT_START)).toEqual([]);
  });

  it('says what is missing', () => {
    const withoutTkhd = moov(box('trak', mdia(0, [encv(sinf({}))])));
    const withoutSchm = moov(trak({ entries: [encv(box('sinf', box('schi', tencOf(8))))] }));

    expect(() => readTrackEncryption(withoutTkhd)).toThrow(
      expect.objectContaining({ code: 'malformed', field: 'trak.tkhd' }),
    );
    expect(() => readTrackEncryption(withoutSchm)).toThrow(
      expect.objectContaining({ code: 'malformed', field: 'sinf.schm' }),
    );
  });

  it('says where a box is cut', () => {
    const tenc = indexOfBytes(CBCS_VIDEO_INIT, text.encode('tenc')) - 4;

    expect(() => readTrackEncryption(CBCS_VIDEO_INIT.subarray(0, tenc))).toThrow(
      expect.objectContaining({ code: 'truncated', field: 'box.size', offset: 40 }),
    );
    // A constant vector that claims to be longer than its box.
    expect(() => readTrackEncryption(patch(CBCS_VIDEO_INIT, tenc + 32, Uint8Array.of(200)))).toThrow(
      expect.objectContaining({ code: 'truncated', field: 'tenc.constantIv', offset: tenc + 33 }),
    );
  });

  it('takes no more than linear time on tracks full of tiny boxes and repeated entries', () => {
    const entry = encv(sinf({ scheme: 'cenc' }));
    const entries = Array.from({ length: 3000 }, () => entry);
    const tiny = join(...Array.from({ length: 50_000 }, () => box('free')));
    const init = moov(box('trak', tiny, tkhd(0, 1), mdia(0, entries)));
    const start = performance.now();

    expect(readTrackEncryption(init)).toHaveLength(3000);
    expect(performance.now() - start).toBeLessThan(4000);
  });

  it('is not drawn into boxes that contain themselves', () => {
    for (const type of ['moov', 'trak', 'mdia', 'stsd', 'sinf']) {
      expect(readTrackEncryption(moov(nest(type, 20_000)))).toEqual([]);
    }
  });
});

describe('the protection scheme boxes of an init segment', () => {
  it('are found whole, one for each entry, and read by themselves', () => {
    const boxes = [sinf({}), sinf({ scheme: 'cbcs', tenc: tencOf(16) })];
    const init = moov(trak({ entries: boxes.map((child) => encv(child)) }));

    expect(findProtectionSchemeBoxes(init)).toEqual(boxes);
    expect(boxes.map((bytes) => readProtectionScheme(bytes))).toMatchObject([
      { scheme: 'cenc', defaultKeyId: VIDEO_KEY_ID, ivSize: 8 },
      { scheme: 'cbcs', defaultKeyId: VIDEO_KEY_ID, ivSize: 16 },
    ]);
  });

  it('are none where nothing is encrypted', () => {
    expect(findProtectionSchemeBoxes(moov(trak({ entries: [box('avc1', 78)] })))).toEqual([]);
  });

  it('say nothing without a tenc, and are refused when they are another box', () => {
    expect(readProtectionScheme(box('sinf', box('frma', text.encode('avc1'))))).toBeNull();
    expect(() => readProtectionScheme(box('schi', tencOf(8)))).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code: 'malformed', field: 'sinf' }),
    );
    expect(() => readProtectionScheme(sinf({}).subarray(0, 20))).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code: 'truncated' }),
    );
  });
});

interface Track {
  readonly entries: readonly Uint8Array[];
  readonly trackId?: number;
  readonly tkhdVersion?: number;
  readonly stsdVersion?: number;
}

function moov(...tracks: readonly Uint8Array[]): Uint8Array {
  return join(box('ftyp', 8), box('moov', ...tracks));
}

function trak({ entries, trackId = 1, tkhdVersion = 0, stsdVersion = 0 }: Track): Uint8Array {
  return box('trak', tkhd(tkhdVersion, trackId), mdia(stsdVersion, entries));
}

function tkhd(version: number, trackId: number): Uint8Array {
  return box('tkhd', Uint8Array.of(version, 0, 0, 3), version === 1 ? 16 : 8, uint32(trackId), 68);
}

function mdia(stsdVersion: number, entries: readonly Uint8Array[]): Uint8Array {
  const stsd = box('stsd', Uint8Array.of(stsdVersion, 0, 0, 0), uint32(entries.length), ...entries);
  return box('mdia', box('minf', box('stbl', stsd)));
}

function encv(...children: readonly Uint8Array[]): Uint8Array {
  return box('encv', 78, ...children);
}

function enca(
  { version = 0, extra = 0 }: { readonly version?: number; readonly extra?: number },
  ...children: readonly Uint8Array[]
): Uint8Array {
  return box('enca', 8, Uint8Array.of(0, version), 18 + extra, ...children);
}

function sinf({
  scheme = 'cenc',
  tenc = tencOf(8),
}: {
  readonly scheme?: string;
  readonly tenc?: Uint8Array;
}): Uint8Array {
  const schm = box('schm', 4, text.encode(scheme), uint32(0x1_0000));
  return box('sinf', box('frma', text.encode('avc1')), schm, box('schi', tenc));
}

function tencOf(ivSize: number): Uint8Array {
  return box('tenc', 6, Uint8Array.of(1, ivSize), fromHex(VIDEO_KEY_ID));
}
