'use client';

import type { DrmConfiguration, KeyStatusPolicy, KeySystem } from '@secure-player/core';
import {
  MEDIA_KEYS_IDLE,
  mediaKeysIdentity,
  MediaKeysSlot,
  type MediaKeysState,
} from '@secure-player/core/dom';
import { useEffect, useState, useSyncExternalStore, type RefObject } from 'react';

import { useLatest } from '../player/use-latest.js';
import { useAuthorization } from '../provider/settings-context.js';

/** Options of {@link useMediaKeys}. */
export interface UseMediaKeysOptions {
  /** Which key systems to try first. @default the order of `drm` */
  preferredKeySystems?: readonly (KeySystem | (string & {}))[] | undefined;
  /**
   * MIME types with codecs that the key system must be able to decrypt, of pictures and of sound.
   *
   * @default H.264 and AAC in MP4
   */
  contentTypes?: readonly string[] | undefined;
  /**
   * Whether licenses are renewed ahead of their end (`renew`), or whether the page does that by `useLicense` (`error` and
   * `continue`, which do the same here: what has expired is in `keyStatuses`). May change at any time.
   *
   * @default { expired: 'renew' }
   */
  keyStatusPolicy?: Pick<KeyStatusPolicy, 'expired'> | undefined;
}

const getIdle = () => MEDIA_KEYS_IDLE;
const NO_DRM: DrmConfiguration = Object.freeze({});

/**
 * Gives a plain `<video>` its keys by EME alone, without a player: chooses a key system, attaches MediaKeys, and answers each
 * `encrypted` event with a license, from the license server or from `keys` in the page. Feed the element by MSE.
 *
 * All components that name the same element share one MediaKeys, and so does a component that mounts twice: no key that is
 * usable or on its way is asked for again. `drm` may be written inline; license URLs, headers, keys and functions are read
 * when they are used. Failures are in `error`. Starts when the component is mounted; on a server it is `idle`.
 */
export function useMediaKeys(
  video: HTMLVideoElement | null | RefObject<HTMLVideoElement | null>,
  drm: DrmConfiguration | null | undefined,
  options: UseMediaKeysOptions = {},
): MediaKeysState {
  const { authorize, authorizedOrigins } = useAuthorization();
  const latest = useLatest({ ...options, drm: drm ?? NO_DRM, authorize, authorizedOrigins });
  const [slot] = useState(() => new MediaKeysSlot());

  // After each commit: a ref says nothing when it is given another element.
  useEffect(() => {
    const element = video && 'current' in video ? video.current : video;
    slot.put(element, { identity: mediaKeysIdentity(latest.current), settings: () => latest.current });
  });
  useEffect(() => () => slot.clear(), [slot]);

  return useSyncExternalStore(slot.subscribe, slot.getState, getIdle);
}
