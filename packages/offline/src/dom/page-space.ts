import type { DownloadSpace } from '../downloads/downloads.js';

/** Room for this site, as the browser tells; `null` where it does not. */
export async function readPageSpace(): Promise<DownloadSpace | null> {
  const { storage } = navigator as { readonly storage?: StorageManager };
  if (!storage?.estimate) return null;

  const { usage, quota } = await storage.estimate();
  if (usage === undefined || quota === undefined) return null;
  const isPersisted = (await storage.persisted?.().catch(() => false)) ?? false;
  return { usedBytes: usage, quotaBytes: quota, isPersisted };
}

/** Asks the browser to keep what is here. Firefox asks the viewer, and may never answer: nothing waits for it. */
export function askToPersist(): void {
  const { storage } = navigator as { readonly storage?: StorageManager };
  storage?.persist?.().catch(() => {});
}
