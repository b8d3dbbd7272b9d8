import type { SystemName } from '../../catalog/system-name.js';

/** What may be said of an answer; what a server calls it otherwise is not repeated. */
const KNOWN: Readonly<Record<string, string>> = {
  'application/octet-stream': 'application/octet-stream',
  'application/x-protobuf': 'application/x-protobuf',
  'application/json': 'application/json',
  'text/xml': 'text/xml; charset=utf-8',
  'application/xml': 'text/xml; charset=utf-8',
  'application/soap+xml': 'application/soap+xml; charset=utf-8',
  'text/plain': 'text/plain; charset=utf-8',
};

const DEFAULTS: Readonly<Record<SystemName, string>> = {
  clearkey: 'application/json',
  widevine: 'application/octet-stream',
  playready: 'text/xml; charset=utf-8',
  fairplay: 'application/octet-stream',
};

/** The `Content-Type` under which an answer goes on to the player. */
export function answerMediaType(header: string | null, system: SystemName): string {
  const name = essence(header);
  return (Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined) ?? DEFAULTS[system];
}

/** Type and subtype alone, in lower case. */
export function essence(header: string | null): string {
  return (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

const HTML_START = /^\s*<(?:!doctype\s+html|html|head|body)[\s>]/i;
const LOOKED_AT = 64;

/** Whether an answer is a page for people, such as a login or an error of something in between. */
export function isHtml(header: string | null, body: Uint8Array): boolean {
  if (essence(header) === 'text/html') return true;

  return HTML_START.test(new TextDecoder('latin1').decode(body.subarray(0, LOOKED_AT)));
}
