import type { Workbox } from 'workbox-window';

/** The handle of the service worker, which is not registered yet; null where this page can have none. */
export async function connectShell(): Promise<Workbox | null> {
  // Not while developing, where there is no such file; and not on addresses that are not secure.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return null;

  const { Workbox: Handle } = await import('workbox-window');
  return new Handle('/sw.js');
}
