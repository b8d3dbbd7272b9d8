import type { LicenseHeaders } from '../downloads/given-headers.js';
import type { LiveStage } from '../queue/live-stage.js';

/** What tabs tell each other. Each looks up by itself what has changed: messages may be lost, the index is not. */
export type TabMessage =
  | { readonly type: 'title'; readonly id: string }
  | { readonly type: 'settings' }
  /** What a page gave with a title, and no tab writes down. */
  | { readonly type: 'headers'; readonly id: string; readonly headers: LicenseHeaders }
  | { readonly type: 'license'; readonly id: string }
  /** The viewer does not want to wait for the next attempt. */
  | { readonly type: 'retry'; readonly id: string }
  /** From the tab that works: what it does with each title at the moment. */
  | { readonly type: 'live'; readonly stages: readonly (readonly [id: string, stage: LiveStage])[] }
  /** A new tab wants to know that. */
  | { readonly type: 'hello' };

/** The other tabs of this site. */
export interface TabChannel {
  post(message: TabMessage): void;
  listen(listener: (message: TabMessage) => void): void;
  close(): void;
}

/** By `BroadcastChannel`. */
export function openTabChannel(): TabChannel {
  const channel = new BroadcastChannel('secure-player-downloads');
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => {
      channel.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => listener(data));
    },
    close: () => channel.close(),
  };
}
