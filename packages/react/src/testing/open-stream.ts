import {
  createHttpBackend,
  type EntitlementBackend,
  type PlaybackSessionSource,
  type Source,
} from '@secure-player/core';

import { logIn } from './open-film.js';

/** What a device of the account that may play on one at a time has: its backend, and a film for it. */
export interface StreamDevice {
  readonly backend: EntitlementBackend;
  readonly source: Source;
  /** Has its server answer nothing from now on, or again. */
  readonly setOnline: (isOnline: boolean) => void;
}

/** Stops what the account plays, as the stories before this one left it. */
export async function stopAllStreams(): Promise<void> {
  const { backend } = await signIn();
  for (const { id } of await backend.listStreams()) await backend.stopStream(id);
}

/** Opens the film on a device. `takesStream` `at-once` asks for a stream before it plays. */
export async function openStream(
  keySystem: string,
  takesStream: PlaybackSessionSource['takesStream'] = 'with-playback',
): Promise<StreamDevice> {
  const { backend, setOnline } = await signIn();
  const { session } = await backend.openPlaybackSession({ contentId: 'first-light', intent: 'prefetch' });
  if (!session) throw new Error('A prefetch takes no stream, and so none is refused.');

  const { id, heartbeatSeconds, source } = session;
  return {
    backend,
    setOnline,
    source: {
      ...source,
      session: { id, heartbeatSeconds, takesStream },
      preferredKeySystems: [keySystem],
    },
  };
}

async function signIn() {
  const token = await logIn('basic');
  let isOnline = true;
  const backend = createHttpBackend({
    baseUrl: '/',
    account: 'basic',
    authorize: () => token,
    fetch: (input, init) =>
      isOnline ? fetch(input, init) : Promise.reject(new TypeError('Failed to fetch')),
  });

  return {
    backend,
    setOnline: (next: boolean) => {
      isOnline = next;
    },
  };
}
