import type { CdmLogEntry } from '@secure-player/virtual-cdm';

const MESSAGES: Readonly<Record<string, string>> = {
  'license-request': 'Asked for a license',
  'license-renewal': 'Asked for a renewal',
  'license-release': 'Gave a license back',
  'individualization-request': 'Asked for a certificate of its own',
};

const STATUSES: Readonly<Record<string, string>> = {
  usable: 'usable',
  expired: 'expired',
  'output-restricted': 'not for this display',
  'output-downscaled': 'downscaled',
  'status-pending': 'pending',
  'internal-error': 'failed',
  released: 'released',
};

/** An entry of the virtual CDM's log in a few words; null where it says nothing to a viewer. */
export function describeLogEntry(entry: CdmLogEntry): string | null {
  switch (entry.type) {
    case 'message':
      return MESSAGES[entry.messageType ?? ''] ?? 'Sent a message';
    case 'call':
      return entry.step === 'update' ? 'Took an answer' : null;
    case 'call-failed':
      return entry.step === 'update' ? 'Refused an answer' : `Failed at ${entry.step ?? 'a call'}`;
    case 'key-statuses':
      return describeStatuses(entry.keyStatuses ?? []);
    case 'closed':
      return `Closed its session: ${entry.closedReason ?? 'no reason'}`;
    case 'hdcp':
      return entry.hdcp === 'none' ? 'The display has no HDCP' : `The display has HDCP ${entry.hdcp}`;
    default:
      return null;
  }
}

/** `2 keys usable, 1 key not for this display`; null where the session has none left, which its end says better. */
function describeStatuses(keyStatuses: NonNullable<CdmLogEntry['keyStatuses']>): string | null {
  const counts = new Map<string, number>();
  for (const { status } of keyStatuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  if (counts.size === 0) return null;

  return [...counts]
    .map(([status, count]) => `${count} ${count === 1 ? 'key' : 'keys'} ${STATUSES[status] ?? status}`)
    .join(', ');
}
