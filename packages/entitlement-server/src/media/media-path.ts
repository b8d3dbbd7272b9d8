/**
 * A file name that means the same on every system: no separator, drive, stream or device syntax, no control character
 * and no leading dot, which rules out `.`, `..` and hidden files together.
 */
// eslint-disable-next-line no-control-regex -- control characters are what must be found
const UNSAFE_SEGMENT = /^\.|[/\\:\u0000-\u001f\u007f]/;

/** The segments of a relative path with forward slashes; null when it could lead anywhere but down. */
export function parseMediaPath(path: string): string[] | null {
  const segments = path.split('/');
  return segments.every(isSafeSegment) ? segments : null;
}

/** The segments of the part of a URL's path after `/media/`, decoded once; null as in {@link parseMediaPath}. */
export function parseMediaUrlPath(path: string): string[] | null {
  try {
    const segments = path.split('/').map(decodeURIComponent);
    return segments.every(isSafeSegment) ? segments : null;
  } catch {
    return null;
  }
}

/** The URL of a file of a title, below where the titles' directories are. */
export function toMediaUrl(mediaUrl: string, directory: string, path: string): string {
  return mediaUrl + `${directory}/${path}`.split('/').map(encodeURIComponent).join('/');
}

function isSafeSegment(segment: string): boolean {
  return segment !== '' && !UNSAFE_SEGMENT.test(segment);
}
