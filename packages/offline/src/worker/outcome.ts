import { isPlaybackError, PlaybackError, type PlaybackErrorDocument } from '@secure-player/core';

import { TitleChanged, TransferFailure } from '../transfer/transfer-failure.js';

/** How a piece of work ended, in a form that can be posted from a worker. */
export type Outcome<T> =
  | { readonly status: 'done'; readonly value: T }
  /** It was told to stop. What it has is kept. */
  | { readonly status: 'stopped' }
  /** The server has another version of the title. */
  | { readonly status: 'changed' }
  | {
      readonly status: 'failed';
      readonly error: PlaybackErrorDocument;
      /** Whether it may succeed later without anybody doing anything. */
      readonly isTransient: boolean;
    };

/** Runs a piece of work to its outcome. Never rejects. */
export async function toOutcome<T>(work: () => Promise<T>, signal: AbortSignal): Promise<Outcome<T>> {
  try {
    return { status: 'done', value: await work() };
  } catch (error) {
    if (signal.aborted) return { status: 'stopped' };
    if (error instanceof TitleChanged) return { status: 'changed' };
    if (error instanceof TransferFailure) {
      return { status: 'failed', error: error.error.toJSON(), isTransient: error.isTransient };
    }
    return { status: 'failed', error: nameError(error).toJSON(), isTransient: isHeldElsewhere(error) };
  }
}

/** The error of a document, which came from another thread or out of a database. */
export function errorOf({ code, message, httpStatus, engineCode }: PlaybackErrorDocument): PlaybackError {
  return new PlaybackError(code, { message, httpStatus, engineCode });
}

function nameError(cause: unknown): PlaybackError {
  if (isPlaybackError(cause)) return cause;
  const isFull = cause instanceof Error && cause.name === 'QuotaExceededError';
  return new PlaybackError(isFull ? 'storage-full' : 'storage-failed', { cause });
}

/** The file is still open in a tab that is going away. */
function isHeldElsewhere(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoModificationAllowedError';
}
