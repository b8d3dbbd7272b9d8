import type { PlaybackError } from '@secure-player/core';

/** What a transfer ends with when it cannot go on. What was fetched is kept. */
export class TransferFailure extends Error {
  override readonly name = 'TransferFailure';
  readonly error: PlaybackError;
  /** Whether the same can succeed later without anybody doing anything. */
  readonly isTransient: boolean;

  constructor(error: PlaybackError, { isTransient }: { readonly isTransient: boolean }) {
    super(error.message);
    this.error = error;
    this.isTransient = isTransient;
  }
}

/** The server has another version of the title than the one that is half here. */
export class TitleChanged extends Error {
  override readonly name = 'TitleChanged';

  constructor() {
    super('The server has another version of the title by now.');
  }
}
