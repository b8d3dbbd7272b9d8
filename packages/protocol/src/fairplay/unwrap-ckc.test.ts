import { describe, expect, it } from 'vitest';
import { toBase64 } from '../bytes/base64.js';
import { ENVELOPES } from '../envelope/envelopes.js';
import { unwrapCkc } from './unwrap-ckc.js';

const CKC = ENVELOPES.fairplay.writeResponse({
  type: 'license',
  body: Uint8Array.from({ length: 200 }, (_, index) => index),
  signature: Uint8Array.of(0xfb, 0xff, 0xbf),
});
const BASE64 = toBase64(CKC);
const TEXT = new TextEncoder();

describe('a CKC', () => {
  it.each([
    ['base64', BASE64],
    ['base64 in lines', BASE64.replaceAll(/.{76}/g, '$&\r\n')],
    ['an element', `<ckc>${BASE64}</ckc>`],
    ['an element between line ends', `\n<ckc>\n${BASE64}\n</ckc>\n`],
    ['JSON', JSON.stringify({ ckc: BASE64 })],
    ['JSON with other members', `  ${JSON.stringify({ ok: true, ckc: BASE64, more: {} })}\n`],
    ['a form', `ckc=${BASE64}`],
    ['an escaped form', `a=1&ckc=${encodeURIComponent(BASE64)}`],
  ])('is unwrapped from %s', (_, text) => {
    expect(unwrapCkc(TEXT.encode(text))).toEqual(CKC);
  });

  it('is left as it is when it is raw, and belongs to the caller', () => {
    const given = Uint8Array.from(CKC);
    const unwrapped = unwrapCkc(given);
    given.fill(9);

    expect(unwrapped).toEqual(CKC);
  });

  it.each([
    ['nothing', '', 'truncated'],
    ['white space', ' \n', 'truncated'],
    ['an error page', '<!DOCTYPE html><p>403</p>', 'malformed'],
    ['another element', `<spc>${BASE64}</spc>`, 'malformed'],
    ['an element that does not end', `<ckc>${BASE64}`, 'malformed'],
    ['JSON without it', '{"message":"no"}', 'malformed'],
    ['JSON in which it is no string', '{"ckc":[1]}', 'malformed'],
    ['broken JSON', '{"ckc":', 'malformed'],
    ['JSON that is no object', '["ckc"]', 'malformed'],
    ['other text', 'You may not.', 'malformed'],
  ])('is not %s', (_, text, code) => {
    expect(() => unwrapCkc(TEXT.encode(text))).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field: 'ckc', offset: undefined }),
    );
  });

  it('is not text in another encoding', () => {
    expect(() => unwrapCkc(Uint8Array.of(0x41, 0xff))).toThrow(
      expect.objectContaining({ code: 'malformed', field: 'ckc' }),
    );
  });

  it('is bounded', () => {
    expect(() => unwrapCkc(new Uint8Array(512 * 1024 + 1))).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'ckc' }),
    );
  });
});
