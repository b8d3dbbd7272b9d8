import { findPsshBoxes, readTrackEncryption, writePsshBox, type KeyId } from '@secure-player/protocol';
import { joinBytes } from '../bytes/join-bytes.js';

/** What a content decryption module is to be given. */
export interface InitDataOfTitle {
  readonly type: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * The protection of a title as its init segments tell it: for each, all its `pssh` boxes one after the other, which is what
 * the `encrypted` event of a media element brings ("cenc" Initialization Data Format, section 4). Equal ones once.
 */
export function initDataOf(initSegments: readonly Uint8Array<ArrayBuffer>[]): InitDataOfTitle[] {
  const found = new Map<string, InitDataOfTitle>();
  for (const segment of initSegments) {
    const boxes = psshBoxesOf(segment);
    if (boxes.length === 0) continue;
    const data = joinBytes(boxes);
    found.set(data.join(), { type: 'cenc', data });
  }
  return [...found.values()];
}

/** The keys that the samples of these tracks are encrypted with (`tenc`). Manifests of HLS do not tell them. */
export function keyIdsOf(initSegments: readonly Uint8Array<ArrayBuffer>[]): KeyId[] {
  const found = initSegments.flatMap((segment) => {
    try {
      return readTrackEncryption(segment).map(({ defaultKeyId }) => defaultKeyId);
    } catch {
      return [];
    }
  });
  return [...new Set(found)];
}

function psshBoxesOf(segment: Uint8Array): Uint8Array[] {
  try {
    return findPsshBoxes(segment).map((box) => writePsshBox(box));
  } catch {
    // No MP4, such as a transport stream: its keys are in its playlist.
    return [];
  }
}
