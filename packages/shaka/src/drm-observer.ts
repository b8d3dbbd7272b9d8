import {
  isPlaybackError,
  type DrmStep,
  type LicenseExchange,
  type OpenStep,
  type ResolvedSource,
  type TimelineDetail,
  type TimelineSink,
} from '@secure-player/core';

import { RequestType, type ShakaPlayer, type ShakaRequest, type ShakaResponse } from './shaka-namespace.js';

/** Options of {@link DrmObserver}. */
export interface DrmObserverOptions {
  readonly player: ShakaPlayer;
  readonly chosen: NonNullable<ResolvedSource['keySystems'][number]>;
  readonly timeline: TimelineSink;
  readonly signal: AbortSignal;
}

/** A step that Shaka has begun and not ended, as far as it has told. */
interface UnderWay {
  readonly step: DrmStep;
  readonly session: string | null;
  readonly open: OpenStep;
}

/**
 * Tells what Shaka does about protection to a timeline.
 *
 * Shaka keeps its MediaKeys and sessions to itself, and this patches nothing to get at them: it goes by Shaka's public events,
 * by its network filters, and by `initDataTransform`, which Shaka calls right before it creates a session. So
 *
 * - `keys` begins when Shaka asks which renditions the browser can decrypt, and ends when MediaKeys are first used;
 * - `session` is a moment: creating one is synchronous. `challenge` is `generateRequest`, up to its message;
 * - `update` ends in the order in which it began, where several sessions get their licenses at once;
 * - `statuses` includes the half second for which Shaka gathers changes.
 */
export class DrmObserver {
  readonly #options: DrmObserverOptions;
  #underWay: readonly UnderWay[] = [];
  /** Init data that has a session; Shaka lets further ones with the same bytes go. */
  readonly #seen = new Map<string, string>();
  readonly #labels = new Map<string, string>();
  #statuses = '';

  constructor(options: DrmObserverOptions) {
    this.#options = options;
    const { player, signal } = options;
    const on = (type: string, act: (state: unknown) => void) =>
      player.addEventListener(type, ({ state }) => {
        if (!signal.aborted) act(state);
      });

    on('onstatechange', (state) => {
      if (state === 'drm-engine') this.#begin('keys', null, { keySystem: options.chosen.name });
      if (state === 'load') this.#haveKeys();
    });
    on('drmsessionupdate', () => this.#updated());
    on('keystatuschanged', () => this.#noteStatuses());
  }

  /** Watches for sessions; called when the player is configured, and before it loads. */
  watchInitData(): void {
    const { player, signal } = this.#options;
    const transform = player.getConfiguration().drm.initDataTransform;

    player.configure({
      drm: {
        initDataTransform: (initData: Uint8Array, initDataType: string, drmInfo: unknown) => {
          const result = transform(initData, initDataType, drmInfo);
          if (!signal.aborted) this.#noteInitData(result, initDataType, drmInfo);
          return result;
        },
      },
    });
  }

  /** Called for each request before it is sent. */
  noteRequest(type: number, request: ShakaRequest): void {
    if (type === RequestType.SERVER_CERTIFICATE && request.attempt === 0) {
      this.#haveKeys();
      this.#begin('certificate', null);
    }
    if (type === RequestType.LICENSE) this.#noteMessage(request);
  }

  /** Called for each answer that came. */
  noteResponse(type: number, { status, data, originalRequest }: ShakaResponse): void {
    if (type === RequestType.SERVER_CERTIFICATE) {
      this.#end('certificate', null, 'ok', { httpStatus: status, responseBytes: data.byteLength });
    }
    if (type === RequestType.LICENSE) {
      const messageType = originalRequest.licenseRequestType ?? undefined;
      this.#begin('update', this.#labelOf(originalRequest), { messageType, responseBytes: data.byteLength });
    }
  }

  /** What the license client calls at each attempt to answer a request. */
  onAttempt(request: ShakaRequest): LicenseExchange['onAttempt'] {
    return (detail) => this.#options.timeline.begin('server', this.#labelOf(request), detail);
  }

  /** Ends what is under way: it will not come to a good end any more. */
  noteFailure(error: unknown): void {
    const detail = isPlaybackError(error) ? { errorCode: error.code } : {};
    for (const { open } of this.#underWay) open.end('failed', detail);
    this.#underWay = [];
  }

  #haveKeys(): void {
    this.#end('keys', null, 'ok');
  }

  #noteInitData(initData: Uint8Array, initDataType: string, drmInfo: unknown): void {
    this.#haveKeys();
    const bytes = String(initData);
    if (this.#seen.has(bytes)) return;

    const label = this.#options.timeline.nameSession();
    this.#seen.set(bytes, label);
    const robustness = robustnessOf(drmInfo);
    this.#options.timeline.begin('session', label, { initDataType, robustness }).end('ok');
    this.#begin('challenge', label);
  }

  #noteMessage(request: ShakaRequest): void {
    const label = this.#labelOf(request);
    const detail = {
      messageType: request.licenseRequestType ?? undefined,
      requestBytes: request.body?.byteLength,
    };
    const isAsked = this.#underWay.some(({ step, session }) => step === 'challenge' && session === label);

    if (isAsked) this.#end('challenge', label, 'ok', detail);
    // Nobody asked for it, as far as Shaka tells: the module renews, or Shaka has made a session anew.
    else this.#options.timeline.begin('challenge', label, detail).end('ok');
  }

  /** A session has an id by the time of its first message, and its init data before. */
  #labelOf({ sessionId, initData }: ShakaRequest): string {
    const known = this.#labels.get(sessionId ?? '');
    if (known !== undefined) return known;

    const named = this.#seen.get(String(initData));
    const isTaken = [...this.#labels.values()].includes(named ?? '');
    const label = named === undefined || isTaken ? this.#options.timeline.nameSession() : named;
    this.#labels.set(sessionId ?? '', label);

    return label;
  }

  #updated(): void {
    const update = this.#underWay.find(({ step }) => step === 'update');
    if (!update) return;

    this.#end('update', update.session, 'ok');
    if (this.#statuses === '') this.#begin('statuses', update.session);
  }

  #noteStatuses(): void {
    const entries = Object.entries(this.#options.player.getKeyStatuses());
    const statuses = JSON.stringify(entries);
    if (statuses === this.#statuses || entries.length === 0) return;

    this.#statuses = statuses;
    const detail = { keyStatuses: entries.map(([keyId, status]) => ({ keyId, status })) };
    const waiting = this.#underWay.filter(({ step }) => step === 'statuses');
    for (const { session } of waiting) this.#end('statuses', session, 'ok', detail);
    if (waiting.length === 0) this.#options.timeline.begin('statuses', null, detail).end('ok');
  }

  #begin(step: DrmStep, session: string | null, detail?: TimelineDetail): void {
    const open = this.#options.timeline.begin(step, session, detail);
    this.#underWay = [...this.#underWay, { step, session, open }];
  }

  #end(step: DrmStep, session: string | null, outcome: 'ok' | 'failed', detail?: TimelineDetail): void {
    const found = this.#underWay.find((one) => one.step === step && one.session === session);
    if (!found) return;

    this.#underWay = this.#underWay.filter((one) => one !== found);
    found.open.end(outcome, detail);
  }
}

/** `shaka.extern.DrmInfo`: a level, or several of which the browser has taken one. */
function robustnessOf(drmInfo: unknown): string | undefined {
  const levels = (drmInfo as { readonly videoRobustness?: string | readonly string[] } | null)
    ?.videoRobustness;
  return typeof levels === 'string' ? levels : levels?.[0];
}
