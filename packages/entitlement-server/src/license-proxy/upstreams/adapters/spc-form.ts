import { toBase64, unwrapCkc } from '@secure-player/protocol';

import type { UpstreamAnswer, UpstreamRequest } from '../../license-upstream.js';
import { essence } from '../answer-media-type.js';
import type { WrappedMessage } from '../upstream-adapter.js';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** FairPlay's message as a form, `spc=` and base64, in whatever form the player sent it. `fields` follow. */
export function toSpcForm(
  request: UpstreamRequest,
  fields: Readonly<Record<string, string>> = {},
): WrappedMessage {
  const form = new URLSearchParams([['spc', spcOf(request)], ...Object.entries(fields)]);
  return { body: encode(form.toString()), contentType: FORM };
}

/**
 * FairPlay's answer in the form that the player asked in: bytes, `<ckc>` for a form, JSON for JSON.
 *
 * @throws ProtocolError for an answer that holds no CKC.
 */
export function toPlayersCkc(answer: UpstreamAnswer, request: UpstreamRequest): UpstreamAnswer {
  const ckc = unwrapCkc(answer.body);
  switch (essence(request.contentType)) {
    case FORM:
      return { body: encode(`<ckc>${toBase64(ckc)}</ckc>`), contentType: 'text/plain; charset=utf-8' };
    case JSON_TYPE:
      return { body: encode(JSON.stringify({ ckc: toBase64(ckc) })), contentType: JSON_TYPE };
    default:
      return { body: ckc, contentType: 'application/octet-stream' };
  }
}

/** As base64. What holds no SPC where one belongs goes on as it is, and the license server says no to it. */
function spcOf({ message, contentType }: UpstreamRequest): string {
  const text = () => new TextDecoder().decode(message);
  switch (essence(contentType)) {
    case FORM:
      // Players also send base64 unescaped, in which a plus is no space.
      return new URLSearchParams(text().replaceAll('+', '%2B')).get('spc') ?? '';
    case JSON_TYPE:
      return readMember(text());
    default:
      return toBase64(message);
  }
}

function readMember(text: string): string {
  try {
    const { spc } = JSON.parse(text) as { readonly spc?: unknown };
    return typeof spc === 'string' ? spc : '';
  } catch {
    return '';
  }
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
