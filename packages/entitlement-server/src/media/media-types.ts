/** How one kind of file is served. */
export interface MediaType {
  readonly contentType: string;
  readonly cacheControl: string;
}

const YEAR = 'public, max-age=31536000, immutable';
const HOUR = 'public, max-age=3600';
/** Kept, and asked after every time: a manifest is what names everything else. */
const REVALIDATE = 'no-cache';

/**
 * Every kind of file that is served. What is not listed does not exist for clients: packagers leave descriptions, logs
 * and key files beside the media, and a list of what to hide would be one entry short some day.
 */
const MEDIA_TYPES = new Map<string, MediaType>([
  ['mpd', { contentType: 'application/dash+xml', cacheControl: REVALIDATE }],
  ['m3u8', { contentType: 'application/vnd.apple.mpegurl', cacheControl: REVALIDATE }],
  ['mp4', { contentType: 'video/mp4', cacheControl: YEAR }],
  ['m4s', { contentType: 'video/iso.segment', cacheControl: YEAR }],
  ['m4v', { contentType: 'video/mp4', cacheControl: YEAR }],
  ['m4a', { contentType: 'audio/mp4', cacheControl: YEAR }],
  ['vtt', { contentType: 'text/vtt; charset=utf-8', cacheControl: HOUR }],
  ['jpg', { contentType: 'image/jpeg', cacheControl: HOUR }],
  ['jpeg', { contentType: 'image/jpeg', cacheControl: HOUR }],
  ['png', { contentType: 'image/png', cacheControl: HOUR }],
]);

/** How a file of this name is served, or undefined when it is not. */
export function mediaTypeOf(fileName: string): MediaType | undefined {
  const dot = fileName.lastIndexOf('.');
  return dot === -1 ? undefined : MEDIA_TYPES.get(fileName.slice(dot + 1).toLowerCase());
}
