import { PlaybackError, type Source } from '@secure-player/core';
import type {
  Download,
  DownloadFacts,
  DownloadOffer,
  Downloads,
  DownloadsState,
  DownloadStage,
  DownloadTrack,
  OfflineLicense,
} from '@secure-player/offline';

/** Which of its functions were called, with what: `['pause', 'film']`. */
type Call = readonly [name: string, ...given: unknown[]];

/** Downloads that are in whatever state they are told to be in: nothing is stored, and nothing happens by itself. */
export interface FakeDownloads extends Downloads {
  readonly calls: readonly Call[];
  /** Changes what is told of all downloads. */
  set(change: Partial<DownloadsState>): void;
  /** Changes one of them; it has to be there. */
  change(
    id: string,
    change: Partial<DownloadFacts> & (DownloadStage | { readonly status?: undefined }),
  ): void;
}

export interface FakeDownloadsOptions {
  readonly state?: Partial<DownloadsState> | undefined;
  /** What can be downloaded of any title; an error where it cannot be read. @default a film in four sizes */
  readonly offer?: DownloadOffer | PlaybackError | 'never' | undefined;
  /** What becomes of a renewal. @default a license that is usable */
  readonly renewal?: PlaybackError | undefined;
}

const GIGABYTE = 1e9;

/** A download that is complete, unless told otherwise. */
export function downloadOf(
  id: string,
  stage: DownloadStage = { status: 'complete' },
  facts: Partial<DownloadFacts> = {},
): Download {
  const total = facts.totalBytes === undefined ? 1.2 * GIGABYTE : facts.totalBytes;
  const progress = facts.progress ?? PROGRESS[stage.status];

  return Object.freeze({
    id,
    title: 'First Light',
    source: sourceOf(id),
    totalBytes: total,
    receivedBytes: Math.round((total ?? 0) * progress),
    progress,
    bytesPerSecond: null,
    secondsLeft: null,
    isPlayable: progress > 0,
    license: stage.status === 'queued' || stage.status === 'preparing' ? null : licenseOf('none'),
    tracks: [],
    priority: 0,
    addedAt: 0,
    ...facts,
    ...stage,
  });
}

const PROGRESS: Readonly<Record<DownloadStage['status'], number>> = {
  queued: 0,
  preparing: 0,
  downloading: 0.45,
  paused: 0.45,
  waiting: 0.45,
  complete: 1,
  failed: 0.45,
  removing: 1,
};

/** A license that is usable and has no end, unless told otherwise. */
export function licenseOf(mode: OfflineLicense['mode'], facts: Partial<OfflineLicense> = {}): OfflineLicense {
  return Object.freeze({
    mode,
    status: 'usable',
    keySystem: mode === 'none' ? null : mode === 'persistent' ? 'com.widevine.alpha' : 'org.w3.clearkey',
    expiresAt: null,
    playWithinSeconds: null,
    firstPlayedAt: null,
    renewable: mode === 'persistent' || mode === 'vault',
    ...facts,
  });
}

/** What to play of a title. */
export function sourceOf(id: string, title = 'First Light'): Source {
  return { src: '/media/film/manifest.mpd', type: 'dash', id, title };
}

const track = (facts: Partial<DownloadTrack> & Pick<DownloadTrack, 'id' | 'kind'>): DownloadTrack => ({
  language: null,
  label: null,
  codecs: null,
  width: null,
  height: null,
  bandwidth: null,
  ...facts,
});

const video = (height: number, bandwidth: number) =>
  track({ id: `v${height}`, kind: 'video', height, width: (height * 16) / 9, bandwidth });
const audio = (language: string, label: string | null = null) =>
  track({ id: `a-${label ?? language}`, kind: 'audio', language, label, bandwidth: 128_000 });
const text = (language: string) => track({ id: `t-${language}`, kind: 'text', language, bandwidth: 1_000 });

const FILM_TRACKS = [
  video(1080, 5_000_000),
  video(720, 2_800_000),
  video(540, 1_500_000),
  video(360, 700_000),
  audio('en'),
  audio('en', 'English (audio description)'),
  audio('ar'),
  text('en'),
  text('ar'),
  track({ id: 'thumbnails', kind: 'image', bandwidth: 8_000 }),
];
const FILM_CHOICE = ['v720', 'a-en', 't-en', 't-ar', 'thumbnails'];
const FILM_SECONDS = 95 * 60;

/** What can be downloaded of a film of 95 minutes. */
export function offerOf(
  tracks: readonly DownloadTrack[] = FILM_TRACKS,
  chosenTrackIds: readonly string[] = FILM_CHOICE,
  fits = true,
): DownloadOffer {
  return {
    tracks,
    chosenTrackIds,
    fits,
    estimate: (ids = chosenTrackIds) =>
      tracks
        .filter(({ id }) => ids.includes(id))
        .reduce((bytes, { bandwidth }) => bytes + ((bandwidth ?? 0) / 8) * FILM_SECONDS, 0),
  };
}

/** A class, as the real ones are: what takes a function off it without its `this` fails here too. */
class StatedDownloads implements FakeDownloads {
  readonly calls: Call[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #options: FakeDownloadsOptions;
  #state: DownloadsState;

  constructor(options: FakeDownloadsOptions) {
    this.#options = options;
    this.#state = Object.freeze({
      status: 'ready',
      error: null,
      downloads: [],
      space: { usedBytes: 3.1 * GIGABYTE, quotaBytes: 12 * GIGABYTE, isPersisted: true },
      isOwner: true,
      ...options.state,
    });
  }

  getState(): DownloadsState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  set(change: Partial<DownloadsState>): void {
    this.#state = Object.freeze({ ...this.#state, ...change });
    for (const listener of this.#listeners) listener();
  }

  change(id: string, change: Parameters<FakeDownloads['change']>[1]): void {
    const downloads = this.#state.downloads.map((one) =>
      one.id === id ? (Object.freeze({ ...one, ...change }) as Download) : one,
    );
    this.set({ downloads });
  }

  async inspect(
    source: Source,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<DownloadOffer> {
    this.calls.push(['inspect', source.id]);
    const offer = this.#options.offer ?? offerOf();
    if (offer instanceof PlaybackError) throw offer;
    if (offer !== 'never') return offer;

    return new Promise((_resolve, reject) => {
      options?.signal?.addEventListener('abort', () => reject(new DOMException('called off', 'AbortError')));
    });
  }

  async start(source: Source, options?: Parameters<Downloads['start']>[1]): Promise<void> {
    this.calls.push(['start', source.id, ...(options ? [options] : [])]);
    if (source.id === undefined) throw new PlaybackError('source-invalid');

    const { downloads } = this.#state;
    if (downloads.some(({ id }) => id === source.id)) return;

    const facts = { title: source.title ?? null, totalBytes: null, source };
    this.set({ downloads: [...downloads, downloadOf(source.id, { status: 'queued' }, facts)] });
  }

  async pause(id: string): Promise<void> {
    this.calls.push(['pause', id]);
    this.change(id, { status: 'paused' });
  }

  async resume(id: string): Promise<void> {
    this.calls.push(['resume', id]);
    this.change(id, { status: 'downloading' });
  }

  async remove(id: string): Promise<void> {
    this.calls.push(['remove', id]);
    this.set({ downloads: this.#state.downloads.filter((one) => one.id !== id) });
  }

  async setPriority(id: string, priority: number): Promise<void> {
    this.calls.push(['setPriority', id, priority]);
    this.change(id, { priority });
  }

  async renewLicense(id: string): Promise<void> {
    this.calls.push(['renewLicense', id]);
    const { renewal } = this.#options;
    if (renewal) throw renewal;

    this.change(id, { license: licenseOf('persistent') });
  }

  async setMeteredAllowed(isAllowed: boolean): Promise<void> {
    this.calls.push(['setMeteredAllowed', isAllowed]);
  }

  async open(): Promise<null> {
    return null;
  }

  begin(): void {
    this.calls.push(['begin']);
  }

  async destroy(): Promise<void> {
    this.calls.push(['destroy']);
  }
}

/** See {@link FakeDownloads}. */
export function createFakeDownloads(options: FakeDownloadsOptions = {}): FakeDownloads {
  return new StatedDownloads(options);
}
