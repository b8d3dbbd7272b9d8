import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

import type { Validators } from '../../media/preconditions.js';

/** An open file. Whoever gets it closes it, or reads it to the end through {@link streamMediaFile}. */
export interface MediaFile extends Validators {
  readonly handle: FileHandle;
  readonly size: number;
}

const CHUNK_BYTES = 128 * 1024;

/** The errors of a path that leads nowhere; the rest are faults of the server. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'EACCES', 'EINVAL']);

/** No symbolic link at the end, and no waiting for a writer where somebody left a named pipe. Absent on Windows. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file below a folder, or null when there is none to serve. The segments are plain names; the folder itself may
 * be reached by a symbolic link, nothing below it may: a link is how a file from elsewhere would get in.
 */
export async function openMediaFile(folder: string, segments: readonly string[]): Promise<MediaFile | null> {
  try {
    const path = join(await realpath(folder), ...segments);
    if ((await realpath(path)) !== path) return null;

    return await describe(await open(path, OPEN_FLAGS));
  } catch (error) {
    if (ABSENT.has((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/**
 * Streams the bytes from first to last, both included, a chunk at a time and only as fast as they are taken, and closes
 * the file at the end, on an error and when the client goes away.
 */
export function streamMediaFile(
  { handle }: MediaFile,
  first: number,
  last: number,
): ReadableStream<Uint8Array> {
  let position = first;

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const chunk = new Uint8Array(Math.min(CHUNK_BYTES, last + 1 - position));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
    // The client was promised a length; an error breaks the connection, an early end would look like success.
    if (bytesRead === 0) throw new Error('A media file became shorter while it was being sent');

    position += bytesRead;
    controller.enqueue(chunk.subarray(0, bytesRead));
    if (position <= last) return;
    await handle.close();
    controller.close();
  }

  return new ReadableStream(
    {
      async pull(controller) {
        try {
          await pull(controller);
        } catch (error) {
          await handle.close();
          throw error;
        }
      },
      cancel: async () => handle.close(),
    },
    // Nothing is read ahead, so a body that nobody takes costs nothing.
    { highWaterMark: 0 },
  );
}

async function describe(handle: FileHandle): Promise<MediaFile | null> {
  const stats = await handle.stat({ bigint: true });
  if (!stats.isFile()) {
    await handle.close();
    return null;
  }
  return {
    handle,
    size: Number(stats.size),
    etag: `"${stats.size.toString(36)}-${stats.mtimeNs.toString(36)}"`,
    lastModified: stats.mtime.toUTCString(),
  };
}
