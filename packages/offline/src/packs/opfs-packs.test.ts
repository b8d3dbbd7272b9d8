import { expect, it } from 'vitest';

import { OpfsPacks } from './opfs-packs.js';

/** A folder with one file, of which the first few snapshots are refused when they are read. */
function folderWith(refused: number): { root: FileSystemDirectoryHandle; snapshots: () => number } {
  let snapshots = 0;
  const getFile = async () => {
    snapshots += 1;
    const isRefused = snapshots <= refused;
    const arrayBuffer = async () => {
      if (isRefused) throw new DOMException('The file has changed.', 'NotReadableError');
      return Uint8Array.of(1, 2).buffer;
    };
    return { slice: () => ({ arrayBuffer }) };
  };
  const folder = { getFileHandle: async () => ({ getFile }), getDirectoryHandle: async () => folder };
  return { root: folder as unknown as FileSystemDirectoryHandle, snapshots: () => snapshots };
}

it('reads again what is refused because something was appended meanwhile', async () => {
  const { root, snapshots } = folderWith(3);

  expect(await new OpfsPacks(async () => root).read('pack', 0, 2)).toEqual(Uint8Array.of(1, 2));
  expect(snapshots()).toBe(4);
});

it('gives up what stays refused', async () => {
  const { root } = folderWith(Number.POSITIVE_INFINITY);

  await expect(new OpfsPacks(async () => root).read('pack', 0, 2)).rejects.toThrow('The file has changed.');
});
