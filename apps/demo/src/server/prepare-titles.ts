import { basename } from 'node:path';

import type { Title, TitleKey, TitleKeyPolicy } from '@secure-player/entitlement-server';
import { packageTitle, type PackagedTitle } from '@secure-player/packaging';

/** How far {@link prepareTitles} is. */
export interface PreparationProgress {
  readonly contentId: string;
  readonly completed: number;
  readonly total: number;
  /** A few words for people. */
  readonly message: string;
}

/** Options of {@link prepareTitles}. */
export interface PrepareTitlesOptions {
  /** Packaged titles are kept here, one folder each; it is made if it does not exist. */
  readonly mediaRoot: string;
  /** The secret that content keys are derived from; the server gets the same. */
  readonly keySeed: Uint8Array;
  readonly onProgress?: ((progress: PreparationProgress) => void) | undefined;
  /** Stops packaging; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What the site says of a title, and which renditions it gets. */
interface Listing extends Pick<Title, 'id' | 'title' | 'synopsis' | 'access' | 'policy'> {
  /** @default all */
  readonly renditions?: readonly number[] | undefined;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** A license lasts a month and no longer. */
const A_MONTH = { licenseDurationSeconds: 30 * DAY };

const LISTINGS: readonly Listing[] = [
  // May be kept for two days at a time.

  {
    id: 'first-light',
    title: 'First Light',
    synopsis: 'A day by a mountain lake, from the first ray on the peaks to the last star above them.',
    access: 'subscription',
    policy: { ...A_MONTH, canPersist: true, offline: { termSeconds: 48 * HOUR } },
  },
  {
    id: 'first-light-preview',
    title: 'First Light: Preview',
    synopsis: 'The same day in standard definition, free for everyone. Encrypted like the rest.',
    access: 'free',
    renditions: [234, 360],
    // What everybody may watch at any time is not kept.
    policy: A_MONTH,
  },
  {
    id: 'last-light',
    title: 'Last Light',
    synopsis:
      'The lake once more, for rent: a month to begin, and two days to finish. It may be kept as long.',
    access: 'rental',
    renditions: [234, 360],
    policy: {
      offline: { termSeconds: 30 * DAY },
      rental: { startWithinSeconds: 30 * DAY, playWithinSeconds: 48 * HOUR },
    },
  },
];

/** A display without HDCP steps down to SD, under a virtual CDM; a browser's own Clear Key knows nothing of displays. */
const HD_POLICY: TitleKeyPolicy = { minHdcp: '1.4' };

/**
 * Packages the site's titles from the one mezzanine, or finds them packaged already, and describes them for the
 * entitlement server. Rejects with a `PackagingError`, or with the signal's reason.
 */
export async function prepareTitles(options: PrepareTitlesOptions): Promise<Title[]> {
  const { mediaRoot, keySeed, onProgress, signal } = options;
  const titles: Title[] = [];

  for (const listing of LISTINGS) {
    const packaged = await packageTitle({
      id: listing.id,
      renditions: listing.renditions,
      outputRoot: mediaRoot,
      keySeed,
      signal,
      onProgress: (progress) => onProgress?.({ ...progress, contentId: listing.id }),
    });
    titles.push(toTitle(listing, packaged));
  }
  return titles;
}

function toTitle({ id, title, synopsis, access, policy }: Listing, packaged: PackagedTitle): Title {
  const { durationSeconds, directory, poster, thumbnails, streams } = packaged;
  return {
    id,
    title,
    synopsis,
    access,
    durationSeconds,
    directory: basename(directory),
    poster,
    thumbnails,
    streams,
    keys: toKeys(packaged),
    policy,
  };
}

function toKeys({ keyIds, renditions }: PackagedTitle): TitleKey[] {
  const tallest = (label: 'SD' | 'HD') =>
    Math.max(...renditions.filter(({ keyLabel }) => keyLabel === label).map(({ height }) => height));

  return [
    { keyId: keyIds.AUDIO, group: 'AUDIO' },
    { keyId: keyIds.SD, group: 'SD', maxHeight: tallest('SD') },
    ...(keyIds.HD === undefined
      ? []
      : [{ keyId: keyIds.HD, group: 'HD' as const, maxHeight: tallest('HD'), policy: HD_POLICY }]),
  ];
}
