import { fromBase64 } from '../bytes/base64.js';
import { isJsonObject } from '../json/json-object.js';
import { ProtocolError } from '../protocol-error.js';

/** `ckc` or `spc`: the tag, the JSON member and the form field that holds it. */
export type TextFormName = 'ckc' | 'spc';

/**
 * The bytes of an SPC or CKC in the forms that players and servers send: raw, base64, `<ckc>base64</ckc>`,
 * `{"ckc":"base64"}` or `ckc=base64` in a form. Ours begin with a zero, which no text does.
 */
export function unwrapTextForm(bytes: Uint8Array, name: TextFormName): Uint8Array<ArrayBuffer> {
  if (bytes[0] === 0) return Uint8Array.from(bytes);

  const base64 = base64Of(decode(bytes, name).trim(), name);
  try {
    return fromBase64(base64.replaceAll(/\s/g, ''), name);
  } catch {
    // Where in the base64 says nothing about where in the bytes.
    throw new ProtocolError('malformed', name, 'is neither raw bytes nor base64');
  }
}

function base64Of(text: string, name: TextFormName): string {
  if (text === '') throw new ProtocolError('truncated', name, 'has no bytes');
  if (text.startsWith('{')) return readMember(text, name);

  const [, tagged] = new RegExp(`^<${name}>([^<]*)</${name}>$`).exec(text) ?? [];
  if (tagged !== undefined) return tagged;

  const hasField = new RegExp(`(?:^|&)${name}=`).test(text);
  return hasField ? readFormField(text, name) : text;
}

function readMember(text: string, name: TextFormName): string {
  const object = parse(text);
  const value = isJsonObject(object) ? object[name] : undefined;
  if (typeof value === 'string') return value;

  throw new ProtocolError('malformed', name, 'is not a string in JSON');
}

/** Shaka and others send base64 unescaped, so that a `+` is not a space. */
function readFormField(text: string, name: TextFormName): string {
  const value = new URLSearchParams(text.replaceAll('+', '%2B')).get(name);
  if (value !== null) return value;

  throw new ProtocolError('malformed', name, 'is not a field of the form');
}

function decode(bytes: Uint8Array, name: TextFormName): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProtocolError('malformed', name, 'is neither raw bytes nor base64');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
