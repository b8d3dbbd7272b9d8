import { Duplex } from 'node:stream';

import type { PGlite } from '@electric-sql/pglite';

import { StoreFailure } from '../../sql/store-failure.js';

const TERMINATE = 'X'.charCodeAt(0);
/** Without its last byte, which says whether there is a transaction. */
const READY_FOR_QUERY = Buffer.from([0x5a, 0, 0, 0, 5]);
/** What a server says to its clients when it goes down after a PANIC. */
const CRASH_SHUTDOWN = '57P02';

/**
 * What node-postgres takes for the socket to a server, with PGlite at its other end: a statement is prepared once, and all
 * messages of a call go into PGlite in one step. PGlite's own `query` goes there six times and plans each statement anew.
 * Destroyed with a `store-failed` when PGlite stops.
 */
export class PgliteSocket extends Duplex {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    super();
    this.#db = db;
  }

  // As of a `net.Socket`.
  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    void this.#send(chunk, done);
  }

  override _writev(
    chunks: readonly { readonly chunk: Uint8Array }[],
    done: (error?: Error | null) => void,
  ): void {
    void this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  // What there is to read was pushed when it was written.
  override _read(): void {}

  async #send(message: Uint8Array, done: (error?: Error | null) => void): Promise<void> {
    const answer: Uint8Array[] = [];
    try {
      // Others of PGlite's ways of doing this keep every message of every answer.
      await this.#db.execProtocolRawStream(message, {
        syncToFs: false,
        // It is given a view of PGlite's memory, whose content changes.
        onRawData: (bytes) => void answer.push(Uint8Array.from(bytes)),
      });
    } catch {
      // What it threw may quote the statement.
      done(new PgliteStopped());
      return;
    }
    const received = Buffer.concat(answer);
    this.push(received);
    // After a PANIC it says what happened, and answers nothing any more.
    done(isReady(received) || message[0] === TERMINATE ? null : new PgliteStopped());
  }
}

/** Whether an answer ends with ReadyForQuery. https://www.postgresql.org/docs/18/protocol-message-formats.html */
function isReady(answer: Buffer): boolean {
  return answer.subarray(-READY_FOR_QUERY.length - 1, -1).equals(READY_FOR_QUERY);
}

/** A class of its own, as the log of faults has nothing but its name. */
class PgliteStopped extends StoreFailure {
  constructor() {
    super(
      CRASH_SHUTDOWN,
      'PGlite has stopped, as it does when the disk is full. Make room, and start this process again: what it answered is kept.',
    );
  }
}
