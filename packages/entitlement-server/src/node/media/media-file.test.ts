import type { FileHandle } from 'node:fs/promises';

import { expect, test, vi } from 'vitest';

import { streamMediaFile } from './media-file.js';

/** A file of 300,000 bytes that says how much of it was read and whether it was closed. */
function setup(read?: () => Promise<never>) {
  const close = vi.fn(async () => undefined);
  const reads: number[] = [];
  const handle = {
    close,
    read:
      read ??
      (async (_buffer: Uint8Array, _offset: number, length: number) => {
        reads.push(length);
        return { bytesRead: length };
      }),
  } as unknown as FileHandle;
  return { file: { handle, size: 300_000, etag: '"a"', lastModified: '' }, close, reads };
}

test('a body that nobody takes is not read', () => {
  const { file, reads } = setup();
  streamMediaFile(file, 0, 299_999);
  expect(reads).toEqual([]);
});

test('a body is read as fast as it is taken and no faster', async () => {
  const { file, reads } = setup();
  await streamMediaFile(file, 0, 299_999).getReader().read();
  expect(reads).toEqual([128 * 1024]);
});

test('the file is closed at the end', async () => {
  const { file, close, reads } = setup();
  const body = await new Response(streamMediaFile(file, 0, 299_999)).arrayBuffer();
  expect(body.byteLength).toBe(300_000);
  expect(reads).toEqual([128 * 1024, 128 * 1024, 300_000 - 256 * 1024]);
  expect(close).toHaveBeenCalledOnce();
});

test('the file is closed when the client goes away', async () => {
  const { file, close } = setup();
  const reader = streamMediaFile(file, 0, 299_999).getReader();
  await reader.read();
  await reader.cancel();
  expect(close).toHaveBeenCalledOnce();
});

test('the file is closed when it cannot be read', async () => {
  const { file, close } = setup(async () => Promise.reject(new Error('EIO')));
  await expect(new Response(streamMediaFile(file, 0, 299_999)).arrayBuffer()).rejects.toThrow('EIO');
  expect(close).toHaveBeenCalledOnce();
});
