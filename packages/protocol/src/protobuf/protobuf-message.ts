import { ByteWriter } from '../bytes/byte-writer.js';
import { ProtocolError, withOffsets } from '../protocol-error.js';
import { readProtobufFields, writeProtobufField, type ProtobufField } from './protobuf-fields.js';

/**
 * A protobuf message of this project's own: its fields are checked as they are asked for, and fields that nobody asks
 * for are passed over. Unlike in a vendor's message, a field that occurs twice is an error, and so is one of another
 * wire type: whoever signed the message wrote one meaning into it.
 */
export class ProtobufMessage {
  readonly #name: string;
  readonly #values = new Map<number, ProtobufField['value'][]>();

  private constructor(name: string) {
    this.#name = name;
  }

  /** `name` begins the field of every error. */
  static read(bytes: Uint8Array, name: string): ProtobufMessage {
    const message = new ProtobufMessage(name);
    // These messages lie in others, so that a position in this one would mislead.
    withOffsets(
      () => message.#readAll(bytes),
      () => undefined,
    );
    return message;
  }

  optionalNumber(number: number, field: string): number | undefined {
    const value = this.#single(number, field);
    if (value === undefined || typeof value === 'number') return value;

    throw this.#error('malformed', field, 'must be a number');
  }

  optionalBytes(number: number, field: string): Uint8Array<ArrayBuffer> | undefined {
    const value = this.#single(number, field);
    return value === undefined ? undefined : this.#toBytes(value, field);
  }

  /** Bytes that must be there. With `length`, exactly so many. */
  bytes(number: number, field: string, length?: number): Uint8Array<ArrayBuffer> {
    const value = this.#required(this.optionalBytes(number, field), field);
    if (length === undefined || value.length === length) return value;

    throw this.#error('invalid-value', field, `must be ${length} bytes, not ${value.length}`);
  }

  /** A field that may occur up to `max` times. */
  repeatedBytes(number: number, field: string, max: number): Uint8Array<ArrayBuffer>[] {
    const values = this.#values.get(number) ?? [];
    if (values.length > max) throw this.#error('oversized', field, `has over ${max} entries`);

    return values.map((value, index) => this.#toBytes(value, `${field}[${index}]`));
  }

  optionalText(number: number, field: string, maxBytes: number): string | undefined {
    const value = this.optionalBytes(number, field);
    if (value === undefined) return undefined;

    if (value.length > maxBytes) throw this.#error('oversized', field, `is over ${maxBytes} bytes`);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
    } catch {
      throw this.#error('malformed', field, 'is not UTF-8');
    }
  }

  text(number: number, field: string, maxBytes: number): string {
    return this.#required(this.optionalText(number, field, maxBytes), field);
  }

  /** One of a list of words, which the message names by its place, from 1 on. */
  optionalWord<Word extends string>(number: number, field: string, words: readonly Word[]): Word | undefined {
    const code = this.optionalNumber(number, field);
    if (code === undefined) return undefined;

    const word = words[code - 1];
    if (word !== undefined) return word;

    throw this.#error('invalid-value', field, 'is a number without a meaning');
  }

  word<Word extends string>(number: number, field: string, words: readonly Word[]): Word {
    return this.#required(this.optionalWord(number, field, words), field);
  }

  #readAll(bytes: Uint8Array): void {
    for (const { number, value } of readProtobufFields(bytes, this.#name)) {
      const values = this.#values.get(number);
      if (values === undefined) this.#values.set(number, [value]);
      else values.push(value);
    }
  }

  #single(number: number, field: string): ProtobufField['value'] | undefined {
    const [value, second] = this.#values.get(number) ?? [];
    if (second === undefined) return value;

    throw this.#error('malformed', field, 'occurs twice');
  }

  #required<Value>(value: Value | undefined, field: string): Value {
    if (value !== undefined) return value;

    throw this.#error('malformed', field, 'is missing');
  }

  #toBytes(value: ProtobufField['value'], field: string): Uint8Array<ArrayBuffer> {
    if (typeof value !== 'number') return value;

    throw this.#error('malformed', field, 'must be bytes');
  }

  #error(code: ProtocolError['code'], field: string, problem: string): ProtocolError {
    return new ProtocolError(code, `${this.#name}.${field}`, problem);
  }
}

/** Writes what {@link ProtobufMessage} reads. A value that is undefined is left out. */
export class ProtobufWriter {
  readonly #writer = new ByteWriter();

  /** An unsigned 32-bit number. */
  number(number: number, value: number | undefined): this {
    if (value !== undefined) writeProtobufField(this.#writer, { number, value });
    return this;
  }

  bytes(number: number, value: Uint8Array<ArrayBuffer> | undefined): this {
    if (value !== undefined) writeProtobufField(this.#writer, { number, value });
    return this;
  }

  text(number: number, value: string | undefined): this {
    return this.bytes(number, value === undefined ? undefined : new TextEncoder().encode(value));
  }

  /** `field` names the value in the error for a word that is not in the list. */
  word<Word extends string>(
    number: number,
    value: Word | undefined,
    words: readonly Word[],
    field: string,
  ): this {
    if (value === undefined) return this;

    const index = words.indexOf(value);
    if (index < 0) throw new ProtocolError('invalid-value', field, `must be one of ${words.join(', ')}`);
    return this.number(number, index + 1);
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#writer.toBytes();
  }
}
