import '@secure-player/react/styles.css';

import {
  PlaybackError,
  type OfflineTitle,
  type OfflineTitleLicense,
  type OfflineTitles,
  type PlaybackErrorDocument,
} from '@secure-player/core';
import { fromBase64 } from '@secure-player/protocol';
import {
  SecurePlayer,
  SecurePlayerProvider,
  type PlayerHandle,
  type PlayerState,
  type Source,
} from '@secure-player/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

/** What tests drive from outside: a page that keeps answers in memory, and a player that finds them by the title's id. */
export interface OfflineHarness {
  /** Fetches, and keeps what is answered. */
  capture(urls: readonly string[]): Promise<void>;
  /** Keeps bytes, in base64, as if they had been answered. */
  keep(answers: Readonly<Record<string, string>>): void;
  /** Has the module store a license, and gives what it is found by. */
  storeLicense(license: KeptLicense): Promise<string>;
  show(source: Source, title: HarnessTitle): void;
  /** What was kept of one address is not what is read. */
  damage(url: string): void;
  unmount(): void;
  player(): PlayerHandle;
  state(): Omit<PlayerState, 'error'> & { error: PlaybackErrorDocument | null };
  /** Everything that was asked of the page, and of what it keeps, other than to read. */
  readonly calls: string[];
}

/** A title on this device, as a test can say it. */
export interface HarnessTitle {
  readonly type: 'dash' | 'hls';
  readonly license: HarnessLicense;
  /** How long after its first playback it ends, in milliseconds. @default never */
  readonly playWithin?: number | undefined;
}

export type HarnessLicense =
  | { readonly mode: 'none' }
  | { readonly mode: 'persistent'; readonly sessionId: string }
  /** The text of a Clear Key license. */
  | { readonly mode: 'vault'; readonly license: string };

export interface KeptLicense {
  /** The texts of a Clear Key license, and of init data of the type `keyids`. */
  readonly license: string;
  readonly initData: string;
}

declare global {
  interface Window {
    offline: OfflineHarness;
  }
}

const KEY_SYSTEM = 'com.widevine.alpha';
/** A machine without a GPU drops frames, for which Shaka would set renditions aside. */
const ENGINE_CONFIG = { shaka: { abr: { droppedFrames: false } } };
const encode = (text: string) => new TextEncoder().encode(text);

const container = document.getElementById('root');
if (!container) throw new Error('The offline page has no root element.');

const root = createRoot(container);
const kept = new Map<string, Uint8Array<ArrayBuffer>>();
const damaged = new Set<string>();
const calls: string[] = [];
let handle: PlayerHandle | null = null;

function toLicense(license: HarnessLicense): OfflineTitleLicense {
  switch (license.mode) {
    case 'none':
      return license;
    case 'vault':
      return { mode: 'vault', keySystem: 'org.w3.clearkey', answer: async () => encode(license.license) };
    case 'persistent': {
      const session = { sessionId: license.sessionId, initDataType: 'keyids', initData: encode('{}') };
      return { mode: 'persistent', keySystem: KEY_SYSTEM, sessions: [session] };
    }
    default:
      return license satisfies never;
  }
}

/** What a download manager does, as far as a player can tell. */
function createTitles({ type, license, playWithin }: HarnessTitle): OfflineTitles {
  let firstPlayedAt: number | null = null;
  const title = (manifestUrl: string): OfflineTitle => ({
    manifestUrl,
    type,
    license: toLicense(license),
    expiresAt: () => (firstPlayedAt === null || playWithin === undefined ? null : firstPlayedAt + playWithin),
    async read({ url, range }) {
      if (damaged.has(url)) throw new PlaybackError('download-damaged');
      const bytes = kept.get(url);
      if (!bytes) return null;

      const part = range ? bytes.slice(range.start, range.end + 1) : bytes.slice();
      return { url, contentType: null, data: part.buffer };
    },
    async notePlayed() {
      firstPlayedAt ??= Date.now();
      calls.push('notePlayed');
    },
    close: () => calls.push('close'),
  });

  return {
    async open({ src }) {
      calls.push('open');
      return title(src);
    },
    async renewLicense(id) {
      firstPlayedAt = null;
      calls.push(`renew ${id}`);
    },
  };
}

window.offline = {
  calls,
  async capture(urls) {
    const answers = urls.map(async (url) => [url, await (await fetch(url)).arrayBuffer()] as const);
    for (const [url, data] of await Promise.all(answers)) kept.set(url, new Uint8Array(data));
  },
  keep(answers) {
    for (const [url, text] of Object.entries(answers)) kept.set(url, Uint8Array.from(fromBase64(text)));
  },
  damage: (url) => damaged.add(url),
  async storeLicense({ license, initData }) {
    const access = await navigator.requestMediaKeySystemAccess(KEY_SYSTEM, [
      {
        persistentState: 'required',
        sessionTypes: ['persistent-license'],
        videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.4d401e"' }],
      },
    ]);
    const session = (await access.createMediaKeys()).createSession('persistent-license');
    await session.generateRequest('keyids', encode(initData));
    await session.update(encode(license));
    await session.close();

    return session.sessionId;
  },
  show(source, title) {
    const titles = createTitles(title);
    const authorize = ({ purpose }: { purpose: string }) => {
      calls.push(`authorize ${purpose}`);
      return null;
    };
    root.render(
      <StrictMode>
        <SecurePlayerProvider authorize={authorize} downloads={titles}>
          <SecurePlayer
            ref={(player) => {
              handle = player;
            }}
            source={source}
            autoPlay
            muted
            engineConfig={ENGINE_CONFIG}
            cmcd
          />
        </SecurePlayerProvider>
      </StrictMode>,
    );
  },
  unmount: () => root.render(null),
  player() {
    if (!handle) throw new Error('The player is not mounted.');
    return handle;
  },
  state() {
    const state = this.player().getState();
    return { ...state, error: state.error?.toJSON() ?? null };
  },
};
