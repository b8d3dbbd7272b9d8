import type { NetworkMonitor } from '../queue/network-monitor.js';

/** The Network Information API, which some browsers have, and in part. */
interface Connection extends EventTarget {
  readonly saveData?: boolean;
  readonly type?: string;
}

/** The network as this page sees it. */
export function createPageNetwork(): NetworkMonitor {
  const connection = (navigator as { readonly connection?: Connection }).connection;
  return {
    isOnline: () => navigator.onLine,
    isMetered: () => connection?.saveData === true || connection?.type === 'cellular',
    subscribe(listener) {
      const controller = new AbortController();
      const { signal } = controller;
      window.addEventListener('online', listener, { signal });
      window.addEventListener('offline', listener, { signal });
      connection?.addEventListener('change', listener, { signal });
      return () => controller.abort();
    },
  };
}
