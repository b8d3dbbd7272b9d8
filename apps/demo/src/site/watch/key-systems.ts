import type { KeySystem } from '@secure-player/react';

import type { WatchSystem } from '../routes.js';

/** What the key systems are called by people. */
export const SYSTEM_NAMES: Readonly<Record<WatchSystem, string>> = {
  clearkey: 'Clear Key',
  widevine: 'Widevine',
  playready: 'PlayReady',
  fairplay: 'FairPlay',
};

/** What the key systems are called by EME. */
export const KEY_SYSTEMS: Readonly<Record<WatchSystem, KeySystem>> = {
  clearkey: 'org.w3.clearkey',
  widevine: 'com.widevine.alpha',
  playready: 'com.microsoft.playready',
  fairplay: 'com.apple.fps',
};

/** Whether a key system is not the browser's own here: the virtual CDM plays it. */
export function isSimulated(system: WatchSystem): boolean {
  return system !== 'clearkey';
}
