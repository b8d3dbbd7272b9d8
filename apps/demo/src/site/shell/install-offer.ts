/** Chromium's own event, which no standard has (developer.mozilla.org, BeforeInstallPromptEvent). */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

let offer: BeforeInstallPromptEvent | null = null;
const listeners = new Set<() => void>();

/** Listens for the browser's offer to install the site. It comes early, so this is called as the page starts. */
export function listenForInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    set(event as BeforeInstallPromptEvent);
  });
  addEventListener('appinstalled', () => set(null));
}

/** Whether the browser offers to install the site. */
export function hasInstallOffer(): boolean {
  return offer !== null;
}

export function subscribeToInstallOffer(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Takes the offer: the browser asks the visitor. It can be taken once. */
export async function takeInstallOffer(): Promise<void> {
  const taken = offer;
  set(null);
  await taken?.prompt();
}

function set(next: BeforeInstallPromptEvent | null): void {
  offer = next;
  for (const listener of listeners) listener();
}
