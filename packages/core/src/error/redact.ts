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
 * Sixteen key bytes are 32 hex digits or 22 characters of base64url, so a run of 20 or more such characters goes. Short
 * tokens are known by where they stand: after `Bearer`, and in the query of a relative URL.
 */
export function redactText(text: string): string {
  const withoutUrls = text
    .slice(0, MAX_LENGTH * 4)
    .replace(/\b(?:data|blob|skd):[^\s"'<>]*/gi, '[url]')
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)([^\s"'<>]+)/gi, (_, scheme: string, rest: string) => {
      const host = (rest.split(/[/?#]/, 1)[0] ?? '').split('@').at(-1) ?? '';
      return `${scheme}${host}/…`;
    })
    .replace(/\bbearer\s+[^\s"'<>]+/gi, 'Bearer [redacted]')
    .replace(/\?[^\s"'<>?]*=[^\s"'<>]*/g, '?[redacted]');

  return withoutUrls
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '[redacted]')
    .replace(/[A-Za-z0-9+/_=-]{20,}/g, (run) => (LONG_NAMES.has(run) ? run : '[redacted]'))
    .slice(0, MAX_LENGTH);
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
      message: typeof message === 'string' ? redactText(message) : '',
      ...(inner && { cause: inner }),
    });
  }

  return Object.freeze({ name: typeof cause, message: typeof cause === 'string' ? redactText(cause) : '' });
}
