import { SYSTEM_IDS, writePsshBox, type LicensePolicy } from '@secure-player/protocol';
import type { Clock } from '@secure-player/core';
import { describe, expect, it } from 'vitest';

import { createManualClock } from '../clock/manual-clock.js';

import type { VirtualCdmHandle } from '../handle/virtual-cdm-handle.js';
import { createMemoryCdm } from '../memory/create-memory-cdm.js';
import { createMemorySessionStore } from '../storage/memory-session-store.js';
import { clearkey } from '../system/clearkey.js';
import { system } from '../system/system.js';
import { widevine } from '../system/widevine.js';
import { clearKeyLicense, fromJson, keyIdsInitData } from '../testing/clear-key.js';
import { SealedServer } from '../testing/sealed-server.js';
import { SessionWatch, setupCdm, statusesOf, type TestCdm } from '../testing/setup-cdm.js';

const FIRST = '00112233445566778899aabbccddeeff';
const SECOND = '0f1e2d3c4b5a69788796a5b4c3d2e1f1';

async function openSession(test: TestCdm, license: Parameters<typeof clearKeyLicense>[1] = {}) {
  const mediaKeys = await test.mediaKeys();
  const session = mediaKeys.createSession();
  const watch = new SessionWatch(session);
  await session.generateRequest('keyids', keyIdsInitData(FIRST, SECOND));
  await session.update(clearKeyLicense([FIRST, SECOND], license));
  await test.cdm.settled();

  return { mediaKeys, session, watch };
}

/** A session of a key system that asks for renewals by itself; `update` answers what it asked for last, by the same policy. */
async function openRenewed(policy: LicensePolicy) {
  const server = await SealedServer.create('widevine');
  const test = setupCdm(widevine({ serverCertificate: 'optional' }));
  const session = (await test.mediaKeys()).createSession();
  const watch = new SessionWatch(session);
  const update = async () => session.update(await server.answer(watch.lastMessage, { policy }));
  await session.generateRequest('cenc', commonPssh());
  await test.cdm.settled();
  await update();

  return { test, session, watch, update };
}

const usable = { [FIRST]: 'usable', [SECOND]: 'usable' };
const expired = { [FIRST]: 'expired', [SECOND]: 'expired' };

describe('a policy', () => {
  const SECONDS = 1000;
  const rows: readonly [name: string, policy: LicensePolicy, endsAfter: number][] = [
    ['the end of the license', { licenseDurationSeconds: 60 }, 60],
    ['the end of the rental', { rentalDurationSeconds: 30 }, 30],
    ['the earliest of several bounds', { licenseDurationSeconds: 60, rentalDurationSeconds: 30 }, 30],
    ['an absolute bound', { notAfter: Date.UTC(2026, 0, 1) + 45 * SECONDS }, 45],
  ];

  it.each(rows)(
    '%s ends all keys of the session, and takes them out of the decryptor',
    async (_, policy, endsAfter) => {
      const test = setupCdm(clearkey());
      const { session, watch } = await openSession(test, { policy });
      expect(session.expiration).toBe(test.clock.now() + endsAfter * SECONDS);

      await test.advance(endsAfter - 0.001);
      expect(statusesOf(session)).toEqual(usable);
      await test.advance(0.002);
      expect(statusesOf(session)).toEqual(expired);
      expect(test.cdm.usableKeyIds).toEqual([]);
      expect(session.expiration).toBeLessThan(test.clock.now());
      expect(watch.events.at(-1)).toBe('keystatuseschange');
    },
  );

  it('counts the playback window from the first play', async () => {
    const test = setupCdm(clearkey());
    const { session, mediaKeys } = await openSession(test, { policy: { playbackDurationSeconds: 20 } });
    await test.advance(1000);
    expect(session.expiration).toBeNaN();

    test.cdm.notePlaying(mediaKeys);
    await test.cdm.settled();
    expect(session.expiration).toBe(test.clock.now() + 20_000);
    await test.advance(20);
    expect(statusesOf(session)).toEqual(expired);
  });

  it('keeps keys back until they may be used', async () => {
    const test = setupCdm(clearkey());
    const { session } = await openSession(test, { policy: { notBefore: test.clock.now() + 10_000 } });
    expect(statusesOf(session)).toEqual({ [FIRST]: 'usable-in-future', [SECOND]: 'usable-in-future' });
    expect(test.cdm.usableKeyIds).toEqual([]);

    await test.advance(10);
    expect(statusesOf(session)).toEqual(usable);
    expect(test.cdm.usableKeyIds).toHaveLength(2);
  });

  it('takes a license that is over already, and says that its keys are', async () => {
    const test = setupCdm(clearkey());
    const notAfter = test.clock.now() - 1000;
    const { session } = await openSession(test, { policy: { notAfter } });

    expect(statusesOf(session)).toEqual(expired);
    expect(session.expiration).toBe(notAfter);
    expect(test.cdm.usableKeyIds).toEqual([]);
  });

  it('holds each key against the display, as it is at the moment', async () => {
    const test = setupCdm(clearkey(), { display: '1.4' });
    const { session, watch } = await openSession(test, { keyPolicy: { minHdcp: '2.2' } });
    expect(statusesOf(session)).toEqual({ [FIRST]: 'output-restricted', [SECOND]: 'output-restricted' });
    expect(test.cdm.usableKeyIds).toEqual([]);

    test.cdm.setHdcp('2.2');
    await test.cdm.settled();
    expect(statusesOf(session)).toEqual(usable);
    test.cdm.setHdcp('none');
    await test.cdm.settled();
    expect(test.cdm.usableKeyIds).toEqual([]);
    expect(watch.events.filter((event) => event === 'keystatuseschange')).toHaveLength(3);
  });

  it('gives no key to a device that is not safe enough', async () => {
    const test = setupCdm(clearkey({ securityLevel: 'software' }));
    const { session } = await openSession(test, { keyPolicy: { minSecurityLevel: 'hardware' } });

    expect(statusesOf(session)).toEqual({ [FIRST]: 'internal-error', [SECOND]: 'internal-error' });
    expect(test.cdm.usableKeyIds).toEqual([]);
  });

  it('asks again for a renewal until it is answered or the grace is over', async () => {
    const renewal = { delaySeconds: 40, retrySeconds: 8, graceSeconds: 10 };
    const { test, session, watch } = await openRenewed({ licenseDurationSeconds: 60, renewal });

    await test.advance(40);
    await test.advance(8);
    expect(watch.events.filter((event) => event === 'license-renewal')).toHaveLength(2);
    await test.advance(21.9);
    expect(statusesOf(session)).toEqual(usable);
    await test.advance(0.2);
    expect(statusesOf(session)).toEqual(expired);
  });
});

describe('a renewal', () => {
  const renewal = { delaySeconds: 10 };

  it('that a key system does not have is tried once', async () => {
    const manual = createManualClock();
    let timers = 0;
    const clock: Clock = {
      now: () => manual.now(),
      schedule: (callback, milliseconds) => {
        timers += 1;
        return manual.schedule(callback, milliseconds);
      },
    };
    const test = setupCdm(clearkey(), { clock });
    await openSession(test, { policy: { renewal } });
    manual.advance(10);
    await test.cdm.settled();
    manual.advance(100);
    await test.cdm.settled();

    expect(timers).toBeLessThan(5);
  });

  it('is asked for at its time, however far the clock is moved at once', async () => {
    const { test, session, watch, update } = await openRenewed({
      licenseDurationSeconds: 3600,
      renewal: { delaySeconds: 2400, graceSeconds: 60 },
    });
    await test.advance(3600);

    expect(watch.events.at(-1)).toBe('license-renewal');
    expect(statusesOf(session)).toEqual(usable);
    await update();
    expect(session.expiration).toBe(test.clock.now() + 3_600_000);
  });

  it('asked for after the end gives no key back before it is answered', async () => {
    const { test, session, watch, update } = await openRenewed({
      licenseDurationSeconds: 5,
      renewal: { ...renewal, graceSeconds: 100 },
    });
    await test.advance(6);
    expect(statusesOf(session)).toEqual(expired);

    test.cdm.renewNow();
    await test.cdm.settled();
    expect(watch.events.at(-1)).toBe('license-renewal');
    expect(statusesOf(session)).toEqual(expired);
    await update();
    expect(statusesOf(session)).toEqual(usable);
  });
});

describe('the handle', () => {
  it('expires a license by one of its keys', async () => {
    const test = setupCdm(clearkey());
    const { session } = await openSession(test);
    test.cdm.expire(FIRST);
    await test.cdm.settled();

    expect(statusesOf(session)).toEqual(expired);
    expect(session.expiration).toBeLessThan(test.clock.now());
  });

  it('takes a new license after that', async () => {
    const test = setupCdm(clearkey());
    const { session } = await openSession(test);
    test.cdm.expire(FIRST);
    await test.cdm.settled();
    await session.update(clearKeyLicense([FIRST, SECOND]));

    expect(statusesOf(session)).toEqual(usable);
  });

  it('restricts the output of one key, and lifts it', async () => {
    const test = setupCdm(clearkey());
    const { session } = await openSession(test);
    test.cdm.restrictOutput(FIRST);
    await test.cdm.settled();
    expect(statusesOf(session)).toEqual({ [FIRST]: 'output-restricted', [SECOND]: 'usable' });
    expect(test.cdm.usableKeyIds).toEqual([SECOND]);

    test.cdm.restrictOutput(FIRST, false);
    await test.cdm.settled();
    expect(statusesOf(session)).toEqual(usable);
  });

  it.each(['expire', 'restrictOutput'] as const)('%s knows no key that nobody has', async (name) => {
    const { cdm } = setupCdm(clearkey());

    expect(() => cdm[name](FIRST)).toThrow(expect.objectContaining({ code: 'unknown-key' }));
    expect(() => cdm[name]('not a key id')).toThrow(expect.objectContaining({ code: 'invalid-options' }));
  });

  const CLOSINGS: readonly [string, (cdm: VirtualCdmHandle) => void, string][] = [
    ['resetHardware', (cdm) => cdm.resetHardware(), 'hardware-context-reset'],
    ['evict', (cdm) => cdm.evict(), 'resource-evicted'],
    ['uninstall', (cdm) => cdm.uninstall(), 'internal-error'],
  ];

  it.each(CLOSINGS)('%s closes every session, and tells why', async (_, act, reason) => {
    const test = setupCdm(clearkey());
    const { session } = await openSession(test);
    act(test.cdm);

    expect(await session.closed).toBe(reason);
    await test.cdm.settled();
    expect(session.keyStatuses.size).toBe(0);
    expect(test.cdm.usableKeyIds).toEqual([]);
    expect(test.cdm.sessions.map(({ closedReason }) => closedReason)).toEqual([reason]);
  });

  it('makes new sessions after a hardware reset, and none after a breakdown', async () => {
    const test = setupCdm(clearkey());
    const { mediaKeys } = await openSession(test);
    test.cdm.resetHardware();
    await test.cdm.settled();
    const next = mediaKeys.createSession();
    test.cdm.failNext('generate-request', 'internal-error');
    await expect(next.generateRequest('keyids', keyIdsInitData(FIRST))).rejects.toMatchObject({
      name: 'InvalidStateError',
    });

    expect(() => mediaKeys.createSession()).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
  });

  it('plans failures by name, each for once', async () => {
    const { cdm, mediaKeys } = setupCdm(clearkey());
    const keys = await mediaKeys();
    cdm.failNext('generate-request', 'QuotaExceededError');
    await expect(keys.createSession().generateRequest('keyids', keyIdsInitData(FIRST))).rejects.toMatchObject(
      {
        name: 'QuotaExceededError',
      },
    );
    await keys.createSession().generateRequest('keyids', keyIdsInitData(FIRST));

    cdm.failNext('request-access', 'NotSupportedError');
    await expect(mediaKeys()).rejects.toMatchObject({ name: 'NotSupportedError' });
    await mediaKeys();
  });

  it('can swallow a message', async () => {
    const { cdm, mediaKeys } = setupCdm(clearkey());
    const session = (await mediaKeys()).createSession();
    const watch = new SessionWatch(session);
    cdm.failNext('message', 'silent');
    await session.generateRequest('keyids', keyIdsInitData(FIRST));
    await cdm.settled();

    expect(watch.events).toEqual([]);
  });

  it('shows sessions and a log without a key in them', async () => {
    const test = setupCdm(clearkey());
    const { session } = await openSession(test, { policy: { licenseDurationSeconds: 60 } });

    expect(test.cdm.sessions).toEqual([
      {
        sessionId: session.sessionId,
        keySystem: 'org.w3.clearkey',
        sessionType: 'temporary',
        closedReason: null,
        keyStatuses: [
          { keyId: FIRST, status: 'usable' },
          { keyId: SECOND, status: 'usable' },
        ],
        expiration: test.clock.now() + 60_000,
        parentSessionId: null,
      },
    ]);
    const text = JSON.stringify([test.cdm.sessions, test.cdm.log]);
    for (const secret of [
      'ffeeddccbbaa99887766554433221100',
      '/+7dzLuqmYh3ZlVEMyIRAA',
      '_-7dzLuqmYh3ZlVEMyIRAA',
    ]) {
      // The key of the first id is the second id, which a session may show as an id.
      expect(text.replaceAll(SECOND, '')).not.toContain(secret);
    }
    expect(test.cdm.log.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['access', 'call', 'message', 'key-statuses']),
    );
  });
});

it('the log tells of every call, by length and not by bytes', async () => {
  const server = await SealedServer.create('widevine');
  const test = setupCdm(widevine());
  const mediaKeys = await test.mediaKeys();
  await mediaKeys.setServerCertificate(server.certificate);
  await mediaKeys.setServerCertificate(Uint8Array.of(1)).catch(() => {});
  const session = mediaKeys.createSession();
  const watch = new SessionWatch(session);
  await session.generateRequest('cenc', commonPssh());
  await test.cdm.settled();
  const license = await server.answer(watch.lastMessage);
  await session.update(license);
  await session.remove();
  await session.close();

  const keySystem = 'com.widevine.alpha';
  const { sessionId } = session;
  const calls = test.cdm.log.filter(({ type }) => type === 'call' || type === 'call-failed');
  expect(calls).toMatchObject([
    { type: 'call', keySystem, step: 'create-media-keys' },
    {
      type: 'call',
      keySystem,
      step: 'set-server-certificate',
      byteLength: server.certificate.length,
    },
    { type: 'call-failed', keySystem, step: 'set-server-certificate', byteLength: 1, name: 'TypeError' },
    { type: 'call', keySystem, step: 'generate-request', sessionId },
    { type: 'call', keySystem, step: 'update', byteLength: license.length, sessionId },
    { type: 'call', keySystem, step: 'remove', sessionId },
    { type: 'call', keySystem, step: 'close', sessionId },
  ]);
});

describe('requestMediaKeySystemAccess()', () => {
  const video = { contentType: 'video/mp4; codecs="avc1.42E01E"' };

  it.each([
    ['an empty key system', '', [{ videoCapabilities: [video] }], 'TypeError'],
    ['no configuration', 'org.w3.clearkey', [], 'TypeError'],
    ['an unknown key system', 'com.example', [{ videoCapabilities: [video] }], 'NotSupportedError'],
    ['the wrong case', 'ORG.W3.CLEARKEY', [{ videoCapabilities: [video] }], 'NotSupportedError'],
    [
      'a robustness level that there is not',
      'org.w3.clearkey',
      [{ videoCapabilities: [{ ...video, robustness: 'L1' }] }],
      'NotSupportedError',
    ],
  ])('rejects for %s', async (_, keySystem, configurations, name) => {
    const cdm = createMemoryCdm({ systems: [clearkey()] });

    await expect(cdm.requestMediaKeySystemAccess(keySystem, configurations)).rejects.toMatchObject({ name });
  });

  it('serves Clear Key’s JSON under any name', async () => {
    const test = setupCdm(system({ keySystem: 'com.example.drm', dialect: 'clearkey' }));
    const { session, watch } = await openSession(test);

    expect(fromJson(watch.lastMessage)).toMatchObject({ type: 'temporary' });
    expect(statusesOf(session)).toEqual(usable);
  });
});

describe('session types', () => {
  it('are those of the configuration, and no others', async () => {
    const { mediaKeys } = setupCdm(clearkey());
    const keys = await mediaKeys();

    expect(() => keys.createSession('persistent-license')).toThrow(
      expect.objectContaining({ name: 'NotSupportedError' }),
    );
    expect(() => keys.createSession('persistent-usage-record')).toThrow(TypeError);
    expect(() => keys.createSession('')).toThrow(TypeError);
  });

  it('include usage records as EME had them, where the system asks for them', async () => {
    const test = setupCdm(clearkey({ usageRecords: true }));
    const keys = await test.mediaKeys('persistent-usage-record');
    const session = keys.createSession('persistent-usage-record');
    await session.generateRequest('keyids', keyIdsInitData(FIRST));
    await session.update(clearKeyLicense([FIRST]));
    test.cdm.notePlaying(keys);
    const firstTime = test.clock.now();
    await test.advance(30);
    await session.close();
    const { sessionId } = test.cdm.sessions[0] ?? { sessionId: '' };

    const loaded = keys.createSession('persistent-usage-record');
    const watch = new SessionWatch(loaded);
    expect(await loaded.load(sessionId)).toBe(true);
    expect(statusesOf(loaded)).toEqual({ [FIRST]: 'released' });
    await test.cdm.settled();
    expect(fromJson(watch.lastMessage)).toEqual({
      kids: ['ABEiM0RVZneImaq7zN3u_w'],
      firstTime,
      latestTime: firstTime + 30_000,
    });
    await loaded.update(keyIdsInitData(FIRST));
    expect(await loaded.closed).toBe('release-acknowledged');
  });
});

it('two documents of one origin share what is stored, one at a time', async () => {
  const storage = createMemorySessionStore();
  const [here, there] = [setupCdm(clearkey(), { storage }), setupCdm(clearkey(), { storage })];
  const session = (await here.mediaKeys('persistent-license')).createSession('persistent-license');
  await session.generateRequest('keyids', keyIdsInitData(FIRST));
  await session.update(clearKeyLicense([FIRST], { type: 'persistent-license' }));
  const { sessionId } = session;

  const keys = await there.mediaKeys('persistent-license');
  await expect(keys.createSession('persistent-license').load(sessionId)).rejects.toMatchObject({
    name: 'QuotaExceededError',
  });
  await session.close();
  const loaded = keys.createSession('persistent-license');
  expect(await loaded.load(sessionId)).toBe(true);
  expect(statusesOf(loaded)).toEqual({ [FIRST]: 'usable' });
});

it('a seed makes session ids the same in every run', async () => {
  const idOf = async (seed: number) => {
    const { mediaKeys } = setupCdm(clearkey(), { seed });
    const session = (await mediaKeys()).createSession();
    await session.generateRequest('keyids', keyIdsInitData(FIRST));
    return session.sessionId;
  };

  expect(await idOf(7)).toBe(await idOf(7));
  expect(await idOf(7)).not.toBe(await idOf(8));
});

function commonPssh(): Uint8Array<ArrayBuffer> {
  return writePsshBox({ systemId: SYSTEM_IDS.common, keyIds: [FIRST, SECOND] });
}
