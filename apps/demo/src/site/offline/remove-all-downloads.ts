import type { Downloads } from '@secure-player/react/offline';

/** How long giving licenses back may take, in milliseconds: what is left is given back when the site is opened next. */
const PATIENCE_MS = 5000;

/** Removes all downloads of this device, and waits until they are gone, within bounds. Rejects where they cannot be removed. */
export async function removeAllDownloads(
  downloads: Pick<Downloads, 'getState' | 'subscribe' | 'remove'>,
  signal: AbortSignal = AbortSignal.timeout(PATIENCE_MS),
): Promise<void> {
  await Promise.all(downloads.getState().downloads.map(async ({ id }) => downloads.remove(id)));

  await new Promise<void>((resolve) => {
    const end = (): void => {
      unsubscribe();
      resolve();
    };
    const look = (): void => {
      if (downloads.getState().downloads.length === 0 || signal.aborted) end();
    };
    const unsubscribe = downloads.subscribe(look);
    signal.addEventListener('abort', end, { once: true });
    look();
  });
}
