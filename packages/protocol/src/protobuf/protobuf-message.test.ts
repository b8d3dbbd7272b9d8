import { describe, expect, it } from 'vitest';
import { ProtobufMessage, ProtobufWriter } from './protobuf-message.js';

const WORDS = ['first', 'second'] as const;
const TEXT = new TextEncoder();

const read = (writer: ProtobufWriter): ProtobufMessage => ProtobufMessage.read(writer.toBytes(), 'message');

describe('a message', () => {
  it('reads back what was written, 0 and the empty value too', () => {
    const message = read(
      new ProtobufWriter()
        .number(1, 0)
        .bytes(2, Uint8Array.of())
        .text(3, 'ä\ufeff')
        .word(4, 'second', WORDS, 'word')
        .bytes(5, Uint8Array.of(1))
        .bytes(5, Uint8Array.of(2)),
    );

    expect(message.optionalNumber(1, 'number')).toBe(0);
    expect(message.bytes(2, 'bytes')).toEqual(Uint8Array.of());
    expect(message.text(3, 'text', 100)).toBe('ä\ufeff');
    expect(message.word(4, 'word', WORDS)).toBe('second');
    expect(message.repeatedBytes(5, 'list', 2)).toEqual([Uint8Array.of(1), Uint8Array.of(2)]);
  });

  it('leaves out what is undefined', () => {
    const writer = new ProtobufWriter()
      .number(1, undefined)
      .bytes(2, undefined)
      .text(3, undefined)
      .word(4, undefined, WORDS, 'word');

    expect(writer.toBytes()).toHaveLength(0);
    expect(read(writer).optionalNumber(1, 'number')).toBeUndefined();
    expect(read(writer).optionalBytes(2, 'bytes')).toBeUndefined();
    expect(read(writer).optionalText(3, 'text', 1)).toBeUndefined();
    expect(read(writer).optionalWord(4, 'word', WORDS)).toBeUndefined();
    expect(read(writer).repeatedBytes(5, 'list', 1)).toEqual([]);
  });

  it.each<[string, string, (writer: ProtobufWriter) => unknown]>([
    ['a field twice', 'malformed', (writer) => read(writer.number(1, 1).number(1, 1)).optionalNumber(1, 'x')],
    ['bytes for a number', 'malformed', (writer) => read(writer.text(1, 'a')).optionalNumber(1, 'x')],
    ['a number for bytes', 'malformed', (writer) => read(writer.number(1, 1)).bytes(1, 'x')],
    ['bytes that are missing', 'malformed', (writer) => read(writer).bytes(1, 'x')],
    ['text that is missing', 'malformed', (writer) => read(writer).text(1, 'x', 9)],
    ['a word that is missing', 'malformed', (writer) => read(writer).word(1, 'x', WORDS)],
    ['another length', 'invalid-value', (writer) => read(writer.text(1, 'ab')).bytes(1, 'x', 3)],
    ['long text', 'oversized', (writer) => read(writer.text(1, 'ab')).text(1, 'x', 1)],
    [
      'text that is not UTF-8',
      'malformed',
      (writer) => read(writer.bytes(1, Uint8Array.of(0xff))).text(1, 'x', 9),
    ],
    ['the word 0', 'invalid-value', (writer) => read(writer.number(1, 0)).word(1, 'x', WORDS)],
    ['a word beyond the list', 'invalid-value', (writer) => read(writer.number(1, 3)).word(1, 'x', WORDS)],
  ])('refuses %s', (_, code, act) => {
    expect(() => act(new ProtobufWriter())).toThrow(expect.objectContaining({ code, field: 'message.x' }));
  });

  it('names the entry of a list that is no run of bytes, and bounds the list', () => {
    const message = read(new ProtobufWriter().text(1, 'a').number(1, 1));

    expect(() => message.repeatedBytes(1, 'list', 2)).toThrow(
      expect.objectContaining({ code: 'malformed', field: 'message.list[1]' }),
    );
    expect(() => message.repeatedBytes(1, 'list', 1)).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'message.list' }),
    );
  });

  it('gives no positions, which would be those of a part', () => {
    expect(() => ProtobufMessage.read(TEXT.encode('\n\u0005'), 'message')).toThrow(
      expect.objectContaining({ code: 'truncated', field: 'message.1', offset: undefined }),
    );
  });

  it('is not written with a word that is not in the list', () => {
    // As plain JavaScript would.
    const words: readonly string[] = WORDS;

    expect(() => new ProtobufWriter().word(1, 'third', words, 'x')).toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'x' }),
    );
  });
});
