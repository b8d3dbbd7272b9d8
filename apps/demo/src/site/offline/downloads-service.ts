import type { Downloads, DownloadsState } from '@secure-player/react/offline';

/** What the site knows of the downloads of this device. The same object while nothing changed. */
export type DownloadsReading =
  /** Their code, or their list, is on its way. */
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly downloads: Downloads; readonly state: DownloadsState }
  /** This browser keeps nothing, or their code did not arrive. */
  | { readonly status: 'unavailable' };

const LOADING: DownloadsReading = Object.freeze({ status: 'loading' });
const UNAVAILABLE: DownloadsReading = Object.freeze({ status: 'unavailable' });

/**
 * The downloads of this device, for the whole site. Their code is most of what a page could do without, so it comes when it is
 * asked for; until then nobody is kept from anything but playing what is here.
 */
export class DownloadsService {
  readonly #open: () => Promise<Downloads>;
  readonly #listeners = new Set<() => void>();
  #reading: DownloadsReading = LOADING;
  #isAsked = false;

  /** @param open Loads their code, and makes the downloads. */
  constructor(open: () => Promise<Downloads>) {
    this.#open = open;
  }

  readonly get = (): DownloadsReading => this.#reading;

  /** What a player looks into; undefined until it is there. */
  readonly downloads = (): Downloads | undefined =>
    this.#reading.status === 'ready' ? this.#reading.downloads : undefined;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Starts, and goes on with what was under way. May be called again. */
  start(): void {
    if (this.#isAsked) return;

    this.#isAsked = true;
    this.#open().then(
      (downloads) => this.#follow(downloads),
      () => this.#set(UNAVAILABLE),
    );
  }

  #follow(downloads: Downloads): void {
    const read = (): void => {
      const state = downloads.getState();
      if (state.status === 'unavailable') this.#set(UNAVAILABLE);
      else if (state.status === 'ready') this.#set(Object.freeze({ status: 'ready', downloads, state }));
    };

    downloads.subscribe(read);
    downloads.begin();
    read();
  }

  #set(reading: DownloadsReading): void {
    this.#reading = reading;
    for (const listener of this.#listeners) listener();
  }
}
