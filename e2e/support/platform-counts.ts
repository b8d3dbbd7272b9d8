import type { Page } from '@playwright/test';

/** What the page has open at the platform, as {@link countPlatform} keeps it on `window`. */
export interface PlatformCounts {
  /** MediaKeySessions that were created and have not closed. */
  readonly openSessions: () => number;
  readonly createdSessions: () => number;
  /** MediaSources that were given to an element; each engine attaches one to play. */
  readonly attachedSources: () => number;
  /** Listeners on what outlives a player: the window, the document, its root elements. */
  readonly pageListeners: () => number;
  /** Listeners on media elements, but for those that React keeps on every media element that it makes. */
  readonly mediaListeners: () => number;
}

declare global {
  interface Window {
    platformCounts: PlatformCounts;
  }
}

/** Counts at the platform, from before the first script of the page runs. Nothing that is counted is kept alive by it. */
export async function countPlatform(page: Page): Promise<void> {
  await page.addInitScript(installCounts);
}

/** Runs in the page, so it brings all that it uses. */
function installCounts(): void {
  const counts = { created: 0, closed: 0, attached: 0, page: 0, media: 0 };

  // oxlint-disable-next-line typescript/unbound-method -- called with the object it was called on
  const { createSession } = MediaKeys.prototype;
  MediaKeys.prototype.createSession = function create(...args) {
    const session = createSession.apply(this, args);
    counts.created += 1;
    void session.closed.then(() => (counts.closed += 1));
    return session;
  };

  const createObjectURL = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (object) => {
    if (object instanceof MediaSource) counts.attached += 1;
    return createObjectURL(object);
  };

  type Kind = 'page' | 'media';
  const kindOf = (target: EventTarget): Kind | null => {
    // React listens on a media element that it has made and not yet put into the page, and never stops.
    if (target instanceof HTMLMediaElement) return target.isConnected ? 'media' : null;
    const isOfPage =
      target instanceof Window || target instanceof Document || target instanceof HTMLHtmlElement;
    return isOfPage || target instanceof HTMLBodyElement ? 'page' : null;
  };
  const listeners = new WeakMap<EventTarget, Map<string, WeakMap<object, Kind>>>();
  const listenersOf = (
    target: EventTarget,
    type: string,
    options: boolean | EventListenerOptions | undefined,
  ) => {
    const capture = typeof options === 'object' ? Boolean(options?.capture) : Boolean(options);
    const key = `${type} ${capture}`;
    const byKey = listeners.get(target) ?? new Map<string, WeakMap<object, Kind>>();
    const known = byKey.get(key) ?? new WeakMap<object, Kind>();
    listeners.set(target, byKey.set(key, known));
    return known;
  };
  const forget = (known: WeakMap<object, Kind>, listener: object) => {
    const kind = known.get(listener);
    if (kind === undefined) return;

    known.delete(listener);
    counts[kind] -= 1;
  };

  // oxlint-disable-next-line typescript/unbound-method -- called with the object they were called on
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function add(type, listener, options) {
    const target = this ?? window;
    addEventListener.call(target, type, listener, options);
    const kind = listener && kindOf(target);
    const known = kind && listenersOf(target, type, options);
    const { once, signal } = typeof options === 'object' ? options : {};
    if (!listener || !kind || !known || known.has(listener) || signal?.aborted) return;

    known.set(listener, kind);
    counts[kind] += 1;
    const end = () => forget(known, listener);
    if (signal) addEventListener.call(signal, 'abort', end, { once: true });
    if (once) addEventListener.call(target, type, end, options);
  };
  EventTarget.prototype.removeEventListener = function remove(type, listener, options) {
    const target = this ?? window;
    removeEventListener.call(target, type, listener, options);
    if (listener) forget(listenersOf(target, type, options), listener);
  };

  window.platformCounts = {
    openSessions: () => counts.created - counts.closed,
    createdSessions: () => counts.created,
    attachedSources: () => counts.attached,
    pageListeners: () => counts.page,
    mediaListeners: () => counts.media,
  };
}
