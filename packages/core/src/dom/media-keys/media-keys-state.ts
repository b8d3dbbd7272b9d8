import type { PlaybackError } from '../../error/playback-error.js';
import { isUsable } from '../../license/license-status.js';
import type { DrmState, KeyStatusEntry } from '../../player/player-state.js';
import type { KeySession } from './key-session.js';
import type { LicenseSessions } from './license-sessions.js';
import type { GrantedAccess } from './request-access.js';

/**
 * How far the keys of a media element are.
 *
 * - `idle`: there is no element or no `drm`, as on a server.
 * - `opening`: the browser is asked for a key system, and MediaKeys are attached.
 * - `waiting`: attached, and the element has met no encrypted media.
 * - `licensing`: a license is on its way.
 * - `ready`: at least one key can be used.
 * - `unusable`: there are keys, or were, and none can be used: `keyStatuses` say why.
 * - `error`: see `error`.
 */
export type MediaKeysStatus = 'idle' | 'opening' | 'waiting' | 'licensing' | 'ready' | 'unusable' | 'error';

/** One MediaKeySession. */
export interface MediaKeysSessionState {
  /** Empty until the content decryption module has given it one. */
  readonly sessionId: string;
  /** The key ids that it asked for, where they can be read. */
  readonly keyIds: readonly string[];
  readonly keyStatuses: readonly KeyStatusEntry[];
  /** Epoch milliseconds, or null where the license does not end. */
  readonly expiresAt: number | null;
}

/** All that is known of the keys of a media element; frozen, and the same object while nothing changes. */
export interface MediaKeysState {
  readonly status: MediaKeysStatus;
  /** The one that was chosen; null before. */
  readonly keySystem: string | null;
  /** What the browser granted of it, such as the level of robustness. */
  readonly configuration: MediaKeySystemConfiguration | null;
  readonly sessions: readonly MediaKeysSessionState[];
  /** Of all sessions, each key once. */
  readonly keyStatuses: readonly KeyStatusEntry[];
  readonly error: PlaybackError | null;
  readonly renewal: DrmState['renewal'];
  /** See `useLicense`. */
  readonly renew: () => Promise<void>;
  readonly release: () => Promise<void>;
}

const NOTHING: readonly never[] = Object.freeze([]);
const nothing = () => Promise.resolve();

/** The state where there is no element, or nothing to decrypt. */
export const MEDIA_KEYS_IDLE: MediaKeysState = Object.freeze({
  status: 'idle',
  keySystem: null,
  configuration: null,
  sessions: NOTHING,
  keyStatuses: NOTHING,
  error: null,
  renewal: 'none',
  renew: nothing,
  release: nothing,
});

/** What the state says of what is there. */
export function toMediaKeysState(
  granted: GrantedAccess | null,
  sessions: LicenseSessions | null,
  error: PlaybackError | null,
): Omit<MediaKeysState, 'renew' | 'release'> {
  const keyStatuses = sessions?.keyStatuses ?? NOTHING;

  return {
    status: error ? 'error' : statusOf(sessions, keyStatuses),
    keySystem: granted?.keySystem.name ?? null,
    configuration: granted?.access.getConfiguration() ?? null,
    sessions: sessions?.all.map(toSessionState) ?? NOTHING,
    keyStatuses,
    error,
    renewal: sessions?.renewal ?? 'none',
  };
}

function statusOf(
  sessions: LicenseSessions | null,
  keyStatuses: readonly KeyStatusEntry[],
): Exclude<MediaKeysStatus, 'idle' | 'error'> {
  if (!sessions) return 'opening';
  if (keyStatuses.some(({ status }) => isUsable(status))) return 'ready';
  if (sessions.all.some(({ isUnderWay }) => isUnderWay)) return 'licensing';

  return keyStatuses.length > 0 ? 'unusable' : 'waiting';
}

function toSessionState({ sessionId, request, keyStatuses, expiresAt }: KeySession): MediaKeysSessionState {
  return { sessionId, keyIds: request.keyIds, keyStatuses, expiresAt };
}
