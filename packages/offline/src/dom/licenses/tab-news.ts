import type { LicenseNews, LicenseNewsPort } from '../../licenses/license-book.js';

const NAME = 'secure-player-licenses';

/** Tells the other tabs of this origin. Where a browser has no `BroadcastChannel` they see a change when they next read it. */
export function createTabNews(): LicenseNewsPort & { close(): void } {
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(NAME) : null;

  return {
    post: (news) => channel?.postMessage(news),
    listen(listener) {
      const onMessage = ({ data }: MessageEvent<LicenseNews>) => listener(data);
      channel?.addEventListener('message', onMessage);
      return () => channel?.removeEventListener('message', onMessage);
    },
    close: () => channel?.close(),
  };
}
