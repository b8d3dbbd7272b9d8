import {
  findProtectionSchemeBoxes,
  isProtocolError,
  readProtectionScheme,
  toBase64,
} from '@secure-player/protocol';

/**
 * The init data of type `sinf` that WebKit makes of an MP4 init segment: `{"sinf":["<base64>"]}`, one for each track that is
 * encrypted as `cbcs`, which is all that FairPlay plays. Null for a segment without any, or that is no MP4.
 */
export function sinfInitData(segment: Uint8Array): ArrayBuffer | null {
  try {
    const boxes = findProtectionSchemeBoxes(segment).filter(
      (box) => readProtectionScheme(box)?.scheme === 'cbcs',
    );
    if (boxes.length === 0) return null;

    return new TextEncoder().encode(JSON.stringify({ sinf: boxes.map((box) => toBase64(box)) })).buffer;
  } catch (error) {
    // What cannot be read here, the browser's own reader judges.
    if (isProtocolError(error)) return null;
    throw error;
  }
}
