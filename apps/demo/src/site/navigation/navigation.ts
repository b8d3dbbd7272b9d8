import { useSyncExternalStore } from 'react';

/** How an address is entered: as a new entry of the history, or in place of the present one. */
export type NavigationMode = 'push' | 'replace';

const listeners = new Set<() => void>();

/** Goes to another page of the site. */
export function navigate(path: string, mode: NavigationMode = 'push'): void {
  if (mode === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);

  for (const listener of listeners) listener();
}

/** The path and query of the present page; the component renders again when they change. */
export function useLocation(): string {
  return useSyncExternalStore(subscribe, readLocation);
}

function readLocation(): string {
  return `${location.pathname}${location.search}`;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);

  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}
