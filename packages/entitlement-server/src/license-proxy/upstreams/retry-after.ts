/** Longer than that is no hint but a mistake, and would keep a player away for good. */
const LONGEST_SECONDS = 3600;

/**
 * Reads a `Retry-After` of seconds or a date (RFC 9110 section 10.2.3) as whole seconds from `now`. Undefined for none, for
 * what is neither, and for more than an hour.
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  const seconds = secondsOf(header?.trim() ?? '', now);
  return seconds !== undefined && seconds <= LONGEST_SECONDS ? seconds : undefined;
}

/** The header to send with a problem, or none. */
export function retryAfterHeaders(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'Retry-After': `${seconds}` };
}

function secondsOf(text: string, now: number): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (!/^[A-Z][a-z]{2}, /.test(text)) return undefined;

  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
