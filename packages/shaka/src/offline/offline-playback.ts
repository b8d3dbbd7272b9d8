import { PlaybackError, type Clock, type OfflineTitle, type ResolvedSource } from '@secure-player/core';

import { answerLicense, neverAnswer } from '../intercept-licenses.js';
import { answerAtHand } from '../ready-answers.js';
import { SessionOpenings } from '../session-openings.js';
import { toPlaybackError } from '../shaka-errors.js';
import {
  isShakaError,
  RequestType,
  type ShakaNetworkingEngine,
  type ShakaPlayer,
} from '../shaka-namespace.js';
import { answerFromTitle } from './answer-from-title.js';
import { protectionOf, type OfflineProtection } from './offline-protection.js';
import { TitleEnd } from './title-end.js';

/** `shaka.util.Error` 6005 and 6013: a stored session cannot be opened, or is not there any more. */
const NOT_LOADED: readonly number[] = [6005, 6013];

/** Where a title on this device is played. */
export interface OfflineStage {
  readonly player: ShakaPlayer;
  readonly element: EventTarget;
  readonly clock: Clock;
  readonly onError: (error: PlaybackError) => void;
  /** Playback has begun: the title may have got another end. */
  readonly onBegun: () => void;
}

/**
 * A title on this device while it is played: its answers in place of the network's, its license in place of a server's, and its
 * end.
 */
export class OfflinePlayback {
  /** What Shaka is to play. */
  readonly source: ResolvedSource;
  readonly protection: OfflineProtection;
  /** Whether a license is fetched as for a title from the network. */
  readonly isLicensedOnline: boolean;
  readonly #title: OfflineTitle;
  readonly #renew: () => Promise<void>;
  readonly #controller = new AbortController();
  #loads: SessionOpenings | null = null;

  constructor(title: OfflineTitle, source: ResolvedSource, renew: () => Promise<void>) {
    const { manifestUrl, type, license } = title;
    this.#title = title;
    this.#renew = renew;
    this.protection = protectionOf(license, source);
    this.isLicensedOnline = license.mode === 'online-license';
    this.source = { ...source, src: manifestUrl, type, keySystems: this.protection.keySystems };
  }

  /** Epoch milliseconds; null where the title has no end. */
  expiresAt(): number | null {
    return this.#title.expiresAt();
  }

  /** Called when the player is configured, and before anything else listens to its network. */
  begin({ player, element, clock, onError, onBegun }: OfflineStage): void {
    const { signal } = this.#controller;
    const network = player.getNetworkingEngine();
    if (network) {
      answerFromTitle(network, this.#title, signal);
      if (!this.isLicensedOnline) this.#keepFromServers(network);
    }
    if (this.protection.licenses === null) this.#watchStoredSessions(player, clock, onError);

    const onEnd = () => onError(new PlaybackError('offline-license-expired'));
    new TitleEnd({ title: this.#title, element, clock, signal, onEnd, onBegun }).watch();
  }

  /**
   * Gets another license for the title.
   *
   * @throws PlaybackError, `key-expired` where that has worked: what is loaded has the last one, and only another load helps.
   */
  async renewLicense(): Promise<void> {
    await this.#renew();
    throw new PlaybackError('key-expired', { message: 'This device has another license now.' });
  }

  /** Ends all that is watched. Resolves when Shaka may be ended too. May be called again. */
  async close(): Promise<void> {
    this.#controller.abort();
    this.#title.close();
    await this.#loads?.end();
  }

  /** A manifest may name servers, and a module may have questions; a license that is kept wants neither. */
  #keepFromServers(network: ShakaNetworkingEngine): void {
    const hasNoAnswers = this.protection.licenses === null;
    network.registerRequestFilter((type, request) => {
      if (type === RequestType.LICENSE && hasNoAnswers) answerLicense(request, neverAnswer);
      // Shaka goes on without a certificate where it is empty.
      if (type === RequestType.SERVER_CERTIFICATE) {
        answerAtHand(request, { url: request.uris[0] ?? '', headers: {}, data: new ArrayBuffer(0) });
      }
    });
  }

  /** Shaka takes a session that cannot be loaded for no failure; and it closes none that is still being loaded. */
  #watchStoredSessions(player: ShakaPlayer, clock: Clock, onError: OfflineStage['onError']): void {
    const loads = new SessionOpenings(clock);
    this.#loads = loads;
    const stored = Uint8Array.of();

    player.addEventListener('onstatechange', ({ state }) => {
      if (state === 'load') loads.noteOpening(stored);
    });
    player.addEventListener('keystatuschanged', () => loads.noteRequest(stored));
    player.addEventListener('error', ({ detail }) => {
      if (!isShakaError(detail) || !NOT_LOADED.includes(detail.code)) return;

      loads.noteRequest(stored);
      if (!this.#controller.signal.aborted) onError(toPlaybackError(detail));
    });
  }
}
