import { ManifestError } from './manifest-error.js';

/** A URL of a manifest, absolute; what is none would be fetched from nowhere. */
export function resolveUrl(text: string, baseUrl: string): string {
  try {
    return new URL(text, baseUrl).href;
  } catch {
    throw new ManifestError('malformed', 'The manifest has a URL that cannot be read.');
  }
}
