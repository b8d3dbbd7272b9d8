import { checkEnvelopeSize } from '../sealed/sealed-frame.js';
import { unwrapTextForm } from './text-forms.js';

/**
 * The raw bytes of a CKC, which alone `update()` takes, from any form in which license servers answer: raw, base64,
 * `<ckc>base64</ckc>` or `{"ckc":"base64"}`. Throws a `ProtocolError` for anything else, such as an error page.
 */
export function unwrapCkc(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  checkEnvelopeSize(bytes, 'ckc');
  return unwrapTextForm(bytes, 'ckc');
}
