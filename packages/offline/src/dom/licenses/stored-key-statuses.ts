import { PlaybackError, type PlaybackErrorCode } from '@secure-player/core';
import { readKeyStatuses } from '@secure-player/core/dom';
import type { KeyId } from '@secure-player/protocol';

/** What says that a key is there. What a display makes of it is seen when it is played. */
const THERE: ReadonlySet<string> = new Set([
  'usable',
  'usable-in-future',
  'output-restricted',
  'output-downscaled',
]);

/** The ids of the keys that a session has. */
export function heldKeyIds(session: Pick<MediaKeySession, 'keyStatuses'>): KeyId[] {
  return readKeyStatuses(session.keyStatuses).flatMap(({ keyId, status }) =>
    THERE.has(status) ? [keyId] : [],
  );
}

/** Whether a session has all of these keys, and any at all. */
export function hasKeys(session: Pick<MediaKeySession, 'keyStatuses'>, wanted: readonly KeyId[]): boolean {
  const held = heldKeyIds(session);
  return held.length > 0 && wanted.every((keyId) => held.includes(keyId));
}

/** Why a session that has a license has not the keys that are wanted; `null` where it has no license yet. */
export function whyWithoutKeys({ keyStatuses }: Pick<MediaKeySession, 'keyStatuses'>): PlaybackError | null {
  const statuses = readKeyStatuses(keyStatuses);
  if (statuses.length === 0) return null;

  return new PlaybackError(codeOf(statuses.map(({ status }) => status)));
}

function codeOf(statuses: readonly string[]): PlaybackErrorCode {
  if (statuses.includes('internal-error')) return 'drm-setup-failed';
  return statuses.every((status) => status === 'expired') ? 'key-expired' : 'key-missing';
}
