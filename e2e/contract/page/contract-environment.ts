import { KEYS, license, type ContentKey } from './clear-key.js';
import { EventLog } from './event-log.js';
import { within } from './expectations.js';
import type { FilmSource } from './film.js';
import { keyIdsData } from './initialization-data.js';

/** What the runner gives to the page. */
export interface ContractSettings {
  readonly keySystem: string;
  readonly films: Readonly<Record<'cenc' | 'cbcs', FilmSource>>;
}

export interface OpenOptions {
  /** @default 'temporary' */
  readonly type?: MediaKeySessionType;
  /** The keys whose ids go into the request. @default the first of {@link KEYS} */
  readonly keys?: readonly ContentKey[];
  /** @default new ones */
  readonly mediaKeys?: MediaKeys;
}

/** A session that has sent its request. */
export interface OpenSession {
  readonly session: MediaKeySession;
  readonly mediaKeys: MediaKeys;
  readonly log: EventLog;
}

/** The platform's API in one document, as a contract uses it. What it makes is cleaned up after the contract. */
export class ContractEnvironment {
  readonly keySystem: string;
  readonly films: ContractSettings['films'];
  readonly #window: Window & typeof globalThis;
  #cleanups: (() => unknown)[] = [];

  constructor(settings: ContractSettings, view: Window & typeof globalThis = window) {
    this.keySystem = settings.keySystem;
    this.films = settings.films;
    this.#window = view;
  }

  /** A configuration that every Clear Key supports, with some members changed. */
  configuration(changes: MediaKeySystemConfiguration = {}): MediaKeySystemConfiguration {
    return {
      initDataTypes: ['keyids', 'cenc', 'webm'],
      videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.640028"' }],
      ...changes,
    };
  }

  requestAccess(
    configurations: readonly MediaKeySystemConfiguration[] = [this.configuration()],
    keySystem = this.keySystem,
  ): Promise<MediaKeySystemAccess> {
    return this.#window.navigator.requestMediaKeySystemAccess(keySystem, [...configurations]);
  }

  /** What Clear Key makes of a configuration. */
  async negotiate(changes: MediaKeySystemConfiguration): Promise<MediaKeySystemConfiguration> {
    const access = await this.requestAccess([this.configuration(changes)]);
    return access.getConfiguration();
  }

  async createMediaKeys(types: readonly MediaKeySessionType[] = ['temporary']): Promise<MediaKeys> {
    const access = await this.requestAccess([this.configuration({ sessionTypes: [...types] })]);
    return await access.createMediaKeys();
  }

  /** A session that nothing has been asked of. */
  async createSession({ type = 'temporary', mediaKeys }: OpenOptions = {}): Promise<MediaKeySession> {
    const owner = mediaKeys ?? (await this.createMediaKeys([type]));
    const session = owner.createSession(type);
    this.atEnd(() => session.close());
    return session;
  }

  /** A session that has sent its request, which has arrived. */
  async openSession(options: OpenOptions = {}): Promise<OpenSession> {
    const { type = 'temporary', keys = KEYS.slice(0, 1) } = options;
    const mediaKeys = options.mediaKeys ?? (await this.createMediaKeys([type]));
    const session = await this.createSession({ type, mediaKeys });
    const log = new EventLog(session);
    await session.generateRequest('keyids', keyIdsData(keys.map(({ keyId }) => keyId)));
    await log.message();

    return { session, mediaKeys, log };
  }

  /** A session that has its keys, and has told so. */
  async openLicensedSession(options: OpenOptions = {}): Promise<OpenSession> {
    const { type = 'temporary', keys = KEYS.slice(0, 1) } = options;
    const open = await this.openSession(options);
    await open.session.update(license(keys, type));
    await open.log.until('keystatuseschange');

    return open;
  }

  /** Stores a license of a session that is closed again. Returns the id to load it by. */
  async storeLicense(keys: readonly ContentKey[] = KEYS.slice(0, 1)): Promise<string> {
    const { session } = await this.openLicensedSession({ type: 'persistent-license', keys });
    const { sessionId } = session;
    await session.close();
    await within(session.closed, 'closed');

    return sessionId;
  }

  /** A fresh session that a stored license was loaded into. */
  async loadSession(sessionId: string): Promise<OpenSession & { found: boolean }> {
    const mediaKeys = await this.createMediaKeys(['persistent-license']);
    const session = await this.createSession({ type: 'persistent-license', mediaKeys });
    const log = new EventLog(session);
    const found = await session.load(sessionId);

    return { session, mediaKeys, log, found };
  }

  /**
   * Waits until all that was queued for the sessions of these media keys has been delivered, so that what has not come by
   * then does not come: another of their sessions sends a request after it, through the same CDM, and gets its message.
   */
  async settle(mediaKeys: MediaKeys): Promise<void> {
    const type = typeOf(mediaKeys);
    const { session } = await this.openSession({ mediaKeys, type, keys: KEYS.slice(2) });
    await session.close();
  }

  /** The same API in another document of this origin. */
  async openFrame(attributes: Readonly<Record<string, string>> = {}): Promise<ContractEnvironment> {
    const frame = document.createElement('iframe');
    for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
    frame.src = 'frame.html';
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    document.body.append(frame);
    this.atEnd(() => frame.remove());
    await within(loaded, 'frame');

    const view = frame.contentWindow as (Window & typeof globalThis) | null;
    if (!view) throw new Error('The frame has no window.');
    const environment = new ContractEnvironment({ keySystem: this.keySystem, films: this.films }, view);
    this.atEnd(() => environment.cleanUp());
    return environment;
  }

  /** A media element in the page. */
  createVideo(): HTMLVideoElement {
    const video = document.createElement('video');
    video.muted = true;
    document.body.append(video);
    this.atEnd(async () => {
      video.pause();
      video.removeAttribute('src');
      video.load();
      video.remove();
      await video.setMediaKeys(null);
    });
    return video;
  }

  /** Registers what is to be undone after the contract, last first. */
  atEnd(cleanup: () => unknown): void {
    this.#cleanups.unshift(cleanup);
  }

  /** Undoes what the contract has made. What is undone already may refuse. */
  async cleanUp(): Promise<void> {
    for (const cleanup of this.#cleanups.splice(0)) {
      try {
        await cleanup();
      } catch {
        // A session that was never used cannot be closed, and a frame that is gone takes its sessions along.
      }
    }
  }
}

/** A type of session that these media keys were made for. */
function typeOf(mediaKeys: MediaKeys): MediaKeySessionType {
  try {
    mediaKeys.createSession('temporary');
    return 'temporary';
  } catch {
    return 'persistent-license';
  }
}
