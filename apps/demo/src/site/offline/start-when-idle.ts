import type { DownloadsService } from './downloads-service.js';

/** Safari has no `requestIdleCallback`. */
type IdleWindow = Partial<Pick<Window, 'requestIdleCallback' | 'cancelIdleCallback'>>;

/** How long a busy page may put the downloads off, in milliseconds. */
const PATIENCE_MS = 3000;

/** Starts the downloads when the page is at rest. Returns what takes that back. */
export function startWhenIdle(downloads: DownloadsService): () => void {
  const start = (): void => downloads.start();
  const { requestIdleCallback, cancelIdleCallback }: IdleWindow = window;
  if (!requestIdleCallback || !cancelIdleCallback) {
    const timer = setTimeout(start, PATIENCE_MS);
    return () => clearTimeout(timer);
  }

  const handle = requestIdleCallback(start, { timeout: PATIENCE_MS });
  return () => cancelIdleCallback(handle);
}
