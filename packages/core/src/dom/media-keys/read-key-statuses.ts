import type { KeyStatusEntry } from '../../player/player-state.js';
import { toBytes } from '../../license/to-bytes.js';

/** The statuses of a session's keys, as plain data in the order of their ids. */
export function readKeyStatuses(statuses: MediaKeyStatusMap): KeyStatusEntry[] {
  const entries: KeyStatusEntry[] = [];
  statuses.forEach((status, keyId) => entries.push({ keyId: toHex(toBytes(keyId)), status }));

  return entries.sort((a, b) => a.keyId.localeCompare(b.keyId));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
