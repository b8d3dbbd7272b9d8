import { systemClock } from '../../clock/clock.js';
import { AttachedMediaKeys, type MediaKeysMachine } from './attached-media-keys.js';
import type { MediaKeysSettings } from './media-keys-settings.js';

/**
 * How long an element that is still in its document keeps its keys when nobody holds them any more, in milliseconds. It was
 * hidden, or its component mounts anew, as StrictMode has it; either comes back without another license.
 */
export const LINGER_MS = 30_000;

/** What one of the holders has in hand. */
export interface MediaKeysHold {
  readonly attached: AttachedMediaKeys;
  /** A second call does nothing. */
  release(): void;
}

/** How the keys of an element are shared. */
export interface HoldOptions extends MediaKeysMachine {
  /** What has to be the same for holders to share: another one takes the place of the one that nobody holds. */
  readonly identity: string;
  settings(): MediaKeysSettings;
}

interface Shared {
  readonly identity: string;
  readonly attached: AttachedMediaKeys;
  readonly holders: Set<() => MediaKeysSettings>;
  stopLingering: () => void;
}

const sharedByElement = new WeakMap<HTMLMediaElement, Shared>();

/** An element takes the next MediaKeys when it has let go of the last. */
const closingByElement = new WeakMap<HTMLMediaElement, Promise<void>>();

/**
 * Attaches MediaKeys to an element, once for all who ask. The settings of the one that came last are read.
 *
 * Whoever asks with another identity while the element is held gets it for all: an element has one MediaKeys.
 */
export function holdMediaKeys(element: HTMLMediaElement, options: HoldOptions): MediaKeysHold {
  const known = sharedByElement.get(element);
  if (known && known.identity !== options.identity) end(element, known);

  const shared = sharedByElement.get(element) ?? share(element, options);
  const holder = () => options.settings();
  shared.stopLingering();
  shared.holders.add(holder);
  let isHeld = true;

  return {
    attached: shared.attached,
    release() {
      if (!isHeld) return;

      isHeld = false;
      shared.holders.delete(holder);
      if (shared.holders.size > 0) return;

      // The last settings stay readable while the keys do.
      shared.holders.add(holder);
      const linger = element.isConnected ? LINGER_MS : 0;
      const stopTimer = (options.clock ?? systemClock).schedule(() => end(element, shared), linger);
      shared.stopLingering = () => {
        stopTimer();
        shared.holders.delete(holder);
        shared.stopLingering = () => {};
      };
    },
  };
}

function share(element: HTMLMediaElement, options: HoldOptions): Shared {
  const holders = new Set<() => MediaKeysSettings>();
  const settings = () => ([...holders].at(-1) ?? (() => options.settings()))();
  const attached = new AttachedMediaKeys(element, settings, options);
  const shared: Shared = { identity: options.identity, attached, holders, stopLingering: () => {} };
  sharedByElement.set(element, shared);
  attached.open(closingByElement.get(element));

  return shared;
}

function end(element: HTMLMediaElement, shared: Shared): void {
  shared.stopLingering();
  if (sharedByElement.get(element) !== shared) return;

  sharedByElement.delete(element);
  closingByElement.set(element, shared.attached.close());
}

/** What of a `drm` and its options needs other MediaKeys when it changes; all else is read when it is used. */
export function mediaKeysIdentity({ drm, preferredKeySystems, contentTypes }: MediaKeysSettings): string {
  const systems = Object.entries(drm).flatMap(([name, configuration]) => {
    if (!configuration) return [];

    const { videoRobustness, audioRobustness, sessionType, serverCertificateUrl } = configuration;
    return [[name, videoRobustness, audioRobustness, sessionType, serverCertificateUrl]];
  });

  return systems.length === 0 ? '' : JSON.stringify([systems, preferredKeySystems, contentTypes]);
}
