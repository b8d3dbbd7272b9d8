import { keyIdToBytes, SYSTEM_IDS, writePsshBox, type KeyId } from '@secure-player/protocol';
import { PackagingError } from '../errors/packaging-error.js';

/**
 * Adds a FairPlay `pssh` box to an init segment, which Packager leaves out. Its data is what WebKit reads from Common
 * Encryption init data: `fpsd` with the scheme (`fpsi`) and a request (`fpsk`) that names the key (`fkri`). It goes to
 * the end of `moov`, where it moves nothing that a fragmented file points to.
 */
export function addFairPlayPssh(initSegment: Uint8Array, keyId: KeyId): Uint8Array {
  const moov = findMoov(initSegment);
  const pssh = writePsshBox({
    systemId: SYSTEM_IDS.fairplay,
    keyIds: [keyId],
    data: fairPlayData(keyId),
  });

  const extended = new Uint8Array(initSegment.length + pssh.length);
  extended.set(initSegment.subarray(0, moov.end));
  extended.set(pssh, moov.end);
  extended.set(initSegment.subarray(moov.end), moov.end + pssh.length);
  new DataView(extended.buffer).setUint32(moov.start, moov.end - moov.start + pssh.length);
  return extended;
}

function findMoov(bytes: Uint8Array): { start: number; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 0; start + 8 <= bytes.length;) {
    const size = view.getUint32(start);
    const end = start + size;
    // Packager never writes the special sizes 0 and 1 here.
    if (size < 8 || end > bytes.length) break;
    if (view.getUint32(start + 4) === 0x6d6f6f76) return { start, end };
    start = end;
  }
  throw new PackagingError('unexpected-output', 'Shaka Packager wrote an init segment without a moov box.');
}

function fairPlayData(keyId: KeyId): Uint8Array {
  const scheme = new TextEncoder().encode('cbcs');
  const info = fullBox('fpsi', scheme);
  const request = box('fpsk', fullBox('fkri', keyIdToBytes(keyId)));
  return box('fpsd', info, request);
}

function fullBox(type: string, content: Uint8Array): Uint8Array {
  return box(type, new Uint8Array(4), content);
}

function box(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const size = 8 + parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, size);
  bytes.set(new TextEncoder().encode(type), 4);
  let at = 8;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
