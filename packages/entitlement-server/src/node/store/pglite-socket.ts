import { Duplex } from 'node:stream';

import type { PGlite } from '@electric-sql/pglite';

/**
 * What node-postgres takes for the socket to a server, with PGlite at its other end: a statement is prepared once, and all
 * messages of a call go into PGlite in one step. PGlite's own `query` goes there six times and plans each statement anew.
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
      this.push(Buffer.concat(answer));
    } catch (cause) {
      done(cause instanceof Error ? cause : new Error('PGlite failed.', { cause }));
      return;
    }
    done();
  }
}
