/** What happens to the network between the page and its media. */
export type StoryNetwork = 'normal' | 'manifest-held' | 'segments-held' | 'segments-lost';

const MANIFEST = /\.(?:mpd|m3u8)$/;
const SEGMENT = /\.(?:m4s|mp4|m4a|m4v)$/;

let network: StoryNetwork = 'normal';

/** Makes the network what the toolbar says, before a story plays. */
export function setNetwork(next: StoryNetwork): void {
  network = next;
}

/** Lets a request for media through, or not: it is held until whoever asked gives up, or fails. */
export async function passThroughNetwork({ pathname }: URL, signal: AbortSignal): Promise<void> {
  if (network === 'segments-lost' && isMedia(pathname)) throw new TypeError('Failed to fetch');

  const isHeld =
    (network === 'manifest-held' && MANIFEST.test(pathname)) ||
    (network === 'segments-held' && isMedia(pathname));
  if (isHeld) await aborted(signal);
}

/** The first segment tells what is to come, and comes. */
function isMedia(pathname: string): boolean {
  return SEGMENT.test(pathname) && !pathname.includes('init');
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    // Why it gave up is the asker's own, and is thrown on as it is.
    const giveUp = () => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}
