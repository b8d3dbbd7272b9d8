import type { AccountStream } from '@secure-player/protocol';

import type { PlaybackSession } from './playback-session-store.js';

/** What an account's owner may see of a stream. The key is a digest: from it nobody finds the id that acts for the account. */
export function toAccountStream({ key, contentId, device, startedAt }: PlaybackSession): AccountStream {
  return { id: key, contentId, device, startedAt };
}
