import { describe, expect, it } from 'vitest';
import { createManualClock } from '../clock/manual-clock.js';
import { CdmLog, type CdmLogEvent } from './cdm-log.js';

const KEY_ID = '00112233445566778899aabbccddeeff';
const SECRET = 'ffeeddccbbaa99887766554433221100';

function setup() {
  const clock = createManualClock({ startsAt: 1000 });
  return { clock, log: new CdmLog(clock) };
}

it('holds what was added, the oldest first, by the given clock', () => {
  const { clock, log } = setup();
  log.add({ type: 'access', keySystem: 'com.widevine.alpha' });
  clock.advance(2);
  log.add({ type: 'message', sessionId: 'A1', messageType: 'license-request', byteLength: 120 });

  expect(log.entries).toEqual([
    { at: 1000, type: 'access', keySystem: 'com.widevine.alpha' },
    { at: 3000, type: 'message', sessionId: 'A1', messageType: 'license-request', byteLength: 120 },
  ]);
});

it('keeps every detail', () => {
  const { log } = setup();
  const all = {
    type: 'call',
    keySystem: 'com.example.drm',
    sessionId: 'A1',
    sessionType: 'temporary',
    step: 'update',
    messageType: 'license-renewal',
    byteLength: 0,
    keyIds: [KEY_ID],
    keyStatuses: [{ keyId: KEY_ID, status: 'usable' }],
    expiration: null,
    closedReason: 'parent-merged',
    hdcp: 'none',
    reason: 'silent',
    name: 'TypeError',
  } as const satisfies CdmLogEvent;
  log.add(all);

  expect(log.entries).toEqual([{ at: 1000, ...all }]);
});

it('keeps the newest 1,000', () => {
  const { log } = setup();
  for (let byteLength = 0; byteLength < 1001; byteLength += 1) log.add({ type: 'message', byteLength });

  expect(log.entries).toHaveLength(1000);
  expect(log.entries.at(0)?.byteLength).toBe(1);
  expect(log.entries.at(-1)?.byteLength).toBe(1000);
});

describe('what it gives out', () => {
  it('is the same until something is added, and does not change then', () => {
    const { log } = setup();
    const before = log.entries;

    expect(log.entries).toBe(before);
    log.add({ type: 'hdcp', hdcp: '2.2' });
    expect(before).toEqual([]);
    expect(log.entries).toHaveLength(1);
  });

  it('is frozen, and none of the objects that were given', () => {
    const { log } = setup();
    const keyIds = [KEY_ID];
    log.add({ type: 'key-statuses', keyIds, keyStatuses: [{ keyId: KEY_ID, status: 'usable' }] });
    keyIds.push('more');
    const [entry] = log.entries;

    expect(entry?.keyIds).toEqual([KEY_ID]);
    for (const part of [log.entries, entry, entry?.keyIds, entry?.keyStatuses, entry?.keyStatuses?.[0]]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('is plain data, which can be taken out of a page', () => {
    const { log } = setup();
    log.add({ type: 'key-statuses', keyStatuses: [{ keyId: KEY_ID, status: 'usable' }] });

    expect(JSON.parse(JSON.stringify(log.entries))).toEqual(log.entries);
  });
});

it('keeps nothing of an error but its name', () => {
  const { log } = setup();
  log.add({ type: 'work-failed', error: new TypeError(SECRET) });
  log.add({ type: 'work-failed', error: Object.assign(new Error(SECRET), { name: SECRET }) });

  expect(log.entries.map(({ name }) => name)).toEqual(['TypeError', 'Error']);
  expect(JSON.stringify(log.entries)).not.toContain(SECRET);
});

it('has no place for what an object has beyond its type', () => {
  const { log } = setup();
  const careless = {
    type: 'message' as const,
    message: SECRET,
    initData: SECRET,
    keyStatuses: [{ keyId: KEY_ID, status: 'usable' as const, key: SECRET }],
  };
  log.add(careless);

  expect(log.entries).toEqual([
    { at: 1000, type: 'message', keyStatuses: [{ keyId: KEY_ID, status: 'usable' }] },
  ]);
  expect(JSON.stringify(log.entries)).not.toContain(SECRET);
});
