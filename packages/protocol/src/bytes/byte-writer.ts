/** Joins numbers and runs of bytes in order. The caller has already checked that each number fits. */
export class ByteWriter {
  readonly #bytes: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  uint8(value: number): this {
    this.#bytes.push(value & 0xff);
    return this;
  }

  uint24(value: number): this {
    return this.uint8(value >>> 16)
      .uint8(value >>> 8)
      .uint8(value);
  }

  uint32(value: number): this {
    return this.uint8(value >>> 24).uint24(value);
  }

  uint16LittleEndian(value: number): this {
    return this.uint8(value).uint8(value >>> 8);
  }

  uint32LittleEndian(value: number): this {
    return this.uint16LittleEndian(value).uint16LittleEndian(value >>> 16);
  }

  bytes(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#bytes);
  }
}
