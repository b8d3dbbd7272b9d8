import { ProblemError } from './problem-error.js';

/** The media type of a request's body in lower case and without parameters, or null when it names none. */
export function requestMediaType(request: Request): string | null {
  return mediaTypeOf(request.headers.get('content-type'));
}

/** The same of a Content-Type header. */
export function mediaTypeOf(header: string | null): string | null {
  if (header === null) return null;

  const [essence = ''] = header.split(';', 1);
  return essence.trim().toLowerCase() || null;
}

/** Refuses a body of any type that is not listed; null in the list lets one through that names none. */
export function requireMediaType(mediaType: string | null, accepted: readonly (string | null)[]): void {
  if (accepted.includes(mediaType)) return;

  const names = accepted.filter((name) => name !== null).join(', ');
  throw new ProblemError('unsupported-media-type', { detail: `Send one of: ${names}.` });
}
