import type { ResolvedSource } from '../source/resolve-source.js';
import type { Source } from '../source/source.js';

/**
 * What is kept on this device: a player looks here before it goes to the network. `createDownloads` of the package `offline`
 * implements it.
 */
export interface OfflineTitles {
  /**
   * Finds the title by `source.id`. `null` where the device has nothing of it to play, or a part while there is a network: the
   * player then plays from the network.
   *
   * @throws PlaybackError where the title is here and must not be played now, or cannot: `offline-license-expired`,
   * `offline-license-revoked`, `stored-license-missing`, `clock-behind`, `storage-failed`. The signal's reason after an abort.
   */
  open(source: ResolvedSource, options: { readonly signal: AbortSignal }): Promise<OfflineTitle | null>;
  /**
   * Gets another license for what is here, by its id. The title is opened anew after that. A title that is not here is left
   * alone.
   *
   * @throws PlaybackError; the license that there was is then as good as it was.
   */
  renewLicense(id: string): Promise<void>;
  /**
   * Says which poster and which thumbnails to show of a source: what is kept of its title, else its own. Never rejects. Leave it
   * out where none are kept.
   */
  findPictures?: ((source: Pick<Source, 'id' | 'poster' | 'thumbnails'>) => Promise<Pictures>) | undefined;
}

/** The pictures of a source. What is kept has addresses that need no network, for as long as the title stays on this device. */
export type Pictures = Pick<Source, 'poster' | 'thumbnails'>;

/** A title on this device that is being played. */
export interface OfflineTitle {
  /** What the manifest is called: its address on the network, absolute. Requests go by such addresses. */
  readonly manifestUrl: string;
  readonly type: 'dash' | 'hls';
  readonly license: OfflineTitleLicense;
  /** Epoch milliseconds when the title must stop playing; `null` where it has no end. Another one once playback has begun. */
  expiresAt(): number | null;
  /**
   * Answers a request from what is kept. `null` where it is not: a title that is still being downloaded goes on from the
   * network, where there is one.
   *
   * @throws PlaybackError `download-damaged` where what is kept has changed, `storage-failed` where it cannot be read.
   */
  read(request: OfflineRequest): Promise<OfflineAnswer | null>;
  /** Playback has begun, which starts the window of a rental. May be called again. */
  notePlayed(): Promise<void>;
  /** Ends this reading of it. May be called again. */
  close(): void;
}

/** What a player asks for. */
export interface OfflineRequest {
  /** Absolute, as the manifest led to it. */
  readonly url: string;
  /** Bytes, both included; an `end` of Infinity is the last byte that there is; `null` for the whole. */
  readonly range: { readonly start: number; readonly end: number } | null;
  readonly signal: AbortSignal;
}

/** What the server had answered. */
export interface OfflineAnswer {
  /** Where it came from, after redirects: what is relative in it starts there. */
  readonly url: string;
  readonly contentType: string | null;
  readonly data: ArrayBuffer;
}

/** How the title gets its keys. */
export type OfflineTitleLicense =
  /** It is not protected, or its keys are among its answers. */
  | { readonly mode: 'none' }
  /** The content decryption module keeps the license. */
  | {
      readonly mode: 'persistent';
      readonly keySystem: string;
      readonly sessions: readonly StoredSession[];
    }
  /** The browser keeps a Clear Key license, wrapped by a key that no script can read. */
  | {
      readonly mode: 'vault';
      readonly keySystem: 'org.w3.clearkey';
      /** Answers the module's message with a license for a temporary session. */
      answer(message: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
    }
  /** It is fetched at each playback, as for a title from the network. */
  | { readonly mode: 'online-license' };

/** A session that a content decryption module has stored (EME, MediaKeySession.load). */
export interface StoredSession {
  readonly sessionId: string;
  readonly initDataType: string;
  readonly initData: Uint8Array<ArrayBuffer>;
}
