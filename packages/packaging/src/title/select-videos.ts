import { PackagingError } from '../errors/packaging-error.js';
import type { Mezzanine, MezzanineVideo } from '../mezzanine/mezzanine.js';

/** What callers of every kind of packaging say. */
export interface TitleSelection {
  readonly id: string;
  readonly keySeed: Uint8Array;
  readonly renditions?: readonly number[] | undefined;
}

/** Shorter seeds would make keys that can be guessed; PlayReady uses the first 30 bytes (its "key seed" algorithm). */
const MINIMUM_SEED_BYTES = 30;

/**
 * The renditions that a caller wants, in the mezzanine's order. Throws a {@link PackagingError} `invalid-options` where the
 * options contradict each other or the mezzanine.
 */
export function selectVideos(options: TitleSelection, mezzanine: Mezzanine): MezzanineVideo[] {
  const { id, keySeed, renditions } = options;
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(id)) {
    throw new PackagingError(
      'invalid-options',
      '`id` must be 1 to 64 lower-case letters, digits and dashes, and not begin with a dash.',
    );
  }
  if (keySeed.length < MINIMUM_SEED_BYTES) {
    throw new PackagingError(
      'invalid-options',
      `\`keySeed\` must have at least ${MINIMUM_SEED_BYTES} bytes.`,
    );
  }

  const unknown = renditions?.find((height) => !mezzanine.video.some((video) => video.height === height));
  if (unknown !== undefined) {
    const heights = mezzanine.video.map(({ height }) => height).join(', ');
    throw new PackagingError(
      'invalid-options',
      `The mezzanine has no rendition of height ${unknown}. It has ${heights}.`,
    );
  }
  const videos = mezzanine.video.filter(({ height }) => renditions?.includes(height) ?? true);
  if (!videos.some(({ keyLabel }) => keyLabel === 'SD')) {
    throw new PackagingError(
      'invalid-options',
      'A title needs at least one SD rendition, which every plan may watch.',
    );
  }
  return videos;
}
