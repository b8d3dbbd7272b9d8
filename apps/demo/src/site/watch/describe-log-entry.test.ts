import { describe, expect, it } from 'vitest';

import { describeLogEntry } from './describe-log-entry.js';

const AT = { at: 0 };

describe('an entry of the device’s log', () => {
  it.each([
    [{ ...AT, type: 'message', messageType: 'license-request' }, 'Asked for a license'],
    [{ ...AT, type: 'message', messageType: 'license-renewal' }, 'Asked for a renewal'],
    [{ ...AT, type: 'call', step: 'update' }, 'Took an answer'],
    [{ ...AT, type: 'call-failed', step: 'update' }, 'Refused an answer'],
    [{ ...AT, type: 'call-failed', step: 'generate-request' }, 'Failed at generate-request'],
    [
      { ...AT, type: 'closed', closedReason: 'hardware-context-reset' },
      'Closed its session: hardware-context-reset',
    ],
    [{ ...AT, type: 'hdcp', hdcp: 'none' }, 'The display has no HDCP'],
    [{ ...AT, type: 'hdcp', hdcp: '1.4' }, 'The display has HDCP 1.4'],
  ] as const)('says %o in words', (entry, text) => {
    expect(describeLogEntry(entry)).toBe(text);
  });

  it('counts keys by their status', () => {
    const keyStatuses = [
      { keyId: 'a', status: 'usable' },
      { keyId: 'b', status: 'output-restricted' },
      { keyId: 'c', status: 'usable' },
    ] as const;

    expect(describeLogEntry({ ...AT, type: 'key-statuses', keyStatuses })).toBe(
      '2 keys usable, 1 key not for this display',
    );
  });

  it.each([
    { ...AT, type: 'access' },
    { ...AT, type: 'call', step: 'generate-request' },
    { ...AT, type: 'key-statuses', keyStatuses: [] },
  ] as const)('is left out where it says nothing to a viewer: %o', (entry) => {
    expect(describeLogEntry(entry)).toBeNull();
  });
});
