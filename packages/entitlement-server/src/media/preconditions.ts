/** What identifies one version of a file. */
export interface Validators {
  /** A strong entity tag, with its quotes. */
  readonly etag: string;
  /** An HTTP date. */
  readonly lastModified: string;
}

/** Whether the client has this version already (RFC 9110 section 13.2.2: If-None-Match wins over the date). */
export function isNotModified(headers: Headers, { etag, lastModified }: Validators): boolean {
  const ifNoneMatch = headers.get('if-none-match');
  if (ifNoneMatch !== null) {
    const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    return tags.includes('*') || tags.includes(etag);
  }

  const since = Date.parse(headers.get('if-modified-since') ?? '');
  return since >= Date.parse(lastModified);
}

/** Whether a range still means this version (RFC 9110 section 13.1.5: exact match, and never by a weak tag). */
export function isRangeCurrent(headers: Headers, { etag, lastModified }: Validators): boolean {
  const ifRange = headers.get('if-range');
  return ifRange === null || ifRange === etag || ifRange === lastModified;
}
