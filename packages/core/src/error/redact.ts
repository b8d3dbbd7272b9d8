const MAX_LENGTH = 500;

/** Names of the kit's API and of EME that are long enough to look like a key. */
const LONG_NAMES: ReadonlySet<string> = new Set([
  'licenseUrlFromManifest',
  'serverCertificateUrl',
  'requestMediaKeySystemAccess',
  'MediaKeySystemAccess',
  'setServerCertificate',
  'individualization-request',
]);

/**
 * A text that is safe to show and to log: every URL is cut to its origin, and every run of characters that could be a
 * key, a token or a piece of a license is taken out.
 *
 * Sixteen key bytes are 32 hex digits or 22 characters of base64url, so a run of 20 or more such characters goes; bytes
 * one by one are a list of eight or more small numbers. Short tokens are known by where they stand: after `Bearer` or
 * `Basic`, and in the query or the fragment of a relative URL.
 */
export function redactText(text: string): string {
  return (
    cutAtSpace(text, MAX_LENGTH * 4)
      .replace(/\b(?:data|blob|skd):[^\s"'<>]*/gi, '[url]')
      .replace(/\b([a-z][a-z0-9+.-]*:\/\/)([^\s"'<>]+)/gi, (_, scheme: string, rest: string) => {
        const host = (rest.split(/[/?#]/, 1)[0] ?? '').split('@').at(-1) ?? '';
        return `${scheme}${host}/…`;
      })
      .replace(/\b(bearer|basic)[\s:]+[^\s"'<>]+/gi, '$1 [redacted]')
      .replace(/\beyJ[\w-]*(?:\.[\w-]*)+/g, '[redacted]')
      .replace(/\?[^\s"'<>?)]+/g, '?[redacted]')
      .replace(/#[^\s"'<>=]*=[^\s"'<>]*/g, '#[redacted]')
      .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '[redacted]')
      .replace(/\b[0-9a-f]{1,3}(?:[\s,:-]+[0-9a-f]{1,3}){7,}\b/gi, '[redacted]')
      .replace(/[A-Za-z0-9+/_=-]{20,}/g, (run) => (LONG_NAMES.has(run) ? run : '[redacted]'))
      // Bytes read as text: control characters and the upper half of Latin-1, which no message here is written in.
      .replace(/[^\t\n\r\u0020-\u007e\u0100-\uffff]+/g, '[redacted]')
      .slice(0, MAX_LENGTH)
  );
}

/** A secret that the cut goes through would not be known by its length any more. */
function cutAtSpace(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/\S+$/, '…');
}

/** The copy of a cause that a {@link PlaybackError} keeps: its name, its redacted message, its own cause. */
export interface RedactedCause {
  readonly name: string;
  readonly message: string;
  readonly cause?: RedactedCause | undefined;
}

const MAX_DEPTH = 4;

/** Copies what helps from any thrown value, and nothing that could hold a secret. */
export function redactCause(cause: unknown, depth = 0): RedactedCause | undefined {
  if (cause === undefined || cause === null || depth >= MAX_DEPTH) return undefined;

  if (typeof cause === 'object' && 'message' in cause) {
    const { name, message } = cause as { name?: unknown; message: unknown };
    const inner = 'cause' in cause ? redactCause(cause.cause, depth + 1) : undefined;

    return Object.freeze({
      name: typeof name === 'string' ? redactText(name) : 'Error',
      // `JSON.parse` quotes the beginning of what it could not read, which may be a license.
      message: typeof message === 'string' && name !== 'SyntaxError' ? redactText(message) : '',
      ...(inner && { cause: inner }),
    });
  }

  return Object.freeze({ name: typeof cause, message: typeof cause === 'string' ? redactText(cause) : '' });
}
