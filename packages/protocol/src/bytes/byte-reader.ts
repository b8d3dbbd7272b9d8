import { ProtocolError } from '../protocol-error.js';

/**
 * Reads numbers and runs of bytes in order from a window of the input. Every read names its field and is
 * checked against the window first, so no length taken from the input can lead outside it. Offsets in
 * errors count from the start of the whole input, wherever the window lies.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  #offset: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#offset = start;
    this.#end = end;
  }

  /** Where the next read begins. */
  get offset(): number {
    return this.#offset;
  }

  /** How many bytes the window still holds. */
  get remaining(): number {
    return this.#end - this.#offset;
  }

  uint8(field: string): number {
    return this.#view.getUint8(this.#take(1, field));
  }

  uint16(field: string): number {
    return this.#view.getUint16(this.#take(2, field));
  }

  uint24(field: string): number {
    return this.uint8(field) * 0x1_0000 + this.uint16(field);
  }

  uint32(field: string): number {
    return this.#view.getUint32(this.#take(4, field));
  }

  /** A number above `Number.MAX_SAFE_INTEGER` is `oversized`: no length in memory can reach it. */
  uint64(field: string): number {
    const offset = this.#take(8, field);
    const value = this.#view.getBigUint64(offset);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw new ProtocolError('oversized', field, 'is beyond 2^53', offset);
    }
    return Number(value);
  }

  uint16LittleEndian(field: string): number {
    return this.#view.getUint16(this.#take(2, field), true);
  }

  uint32LittleEndian(field: string): number {
    return this.#view.getUint32(this.#take(4, field), true);
  }

  /** A copy, so that the result outlives the input and does not pin it. */
  bytes(length: number, field: string): Uint8Array<ArrayBuffer> {
    const offset = this.#take(length, field);
    return Uint8Array.from(this.#bytes.subarray(offset, offset + length));
  }

  skip(length: number, field: string): void {
    this.#take(length, field);
  }

  #take(length: number, field: string): number {
    if (length > this.remaining) {
      throw new ProtocolError(
        'truncated',
        field,
        `needs ${length} bytes and ${this.remaining} are left`,
        this.#offset,
      );
    }
    const offset = this.#offset;
    this.#offset += length;
    return offset;
  }
}
