import { fromHex, toBase64Url } from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';

import { clearkey } from '../system/clearkey.js';
import { clearKeyLicense, fromJson, keyIdsInitData, toJson } from '../testing/clear-key.js';
import { SessionWatch, setupCdm, statusesOf } from '../testing/setup-cdm.js';

const FIRST = '00112233445566778899aabbccddeeff';
const SECOND = '0f1e2d3c4b5a69788796a5b4c3d2e1f1';

async function setupSession(type: 'temporary' | 'persistent-license' = 'temporary') {
  const test = setupCdm(clearkey());
  const mediaKeys = await test.mediaKeys(type);
  const session = mediaKeys.createSession(type);

  return { ...test, mediaKeys, session, watch: new SessionWatch(session) };
}

describe('generateRequest()', () => {
  it('resolves before the message comes, with the session id set', async () => {
    const { session, watch, cdm } = await setupSession();

    await session.generateRequest('keyids', keyIdsInitData(FIRST)).then(() => watch.events.push('resolved'));
    expect(watch.events).toEqual(['resolved']);
    expect(session.sessionId).toMatch(/^[1-9]\d{0,9}$/);
    await cdm.settled();

    expect(watch.events).toEqual(['resolved', 'license-request']);
    expect(fromJson(watch.lastMessage)).toEqual({ kids: ['ABEiM0RVZneImaq7zN3u_w'], type: 'temporary' });
  });

  it.each([
    ['an empty type', '', keyIdsInitData(FIRST), 'TypeError'],
    ['no bytes', 'keyids', new Uint8Array(), 'TypeError'],
    ['text for bytes', 'keyids', 'text', 'TypeError'],
    ['an unknown type', 'fake', keyIdsInitData(FIRST), 'NotSupportedError'],
    ['a type in capitals', 'KEYIDS', keyIdsInitData(FIRST), 'NotSupportedError'],
    ['bytes that are no JSON', 'keyids', Uint8Array.of(1, 2, 3), 'TypeError'],
    ['bytes that are no pssh', 'cenc', Uint8Array.of(0, 0, 0, 8, 0, 0, 0, 0), 'TypeError'],
    ['too many bytes', 'webm', new Uint8Array(70_000), 'TypeError'],
  ])('rejects for %s', async (_, type, initData, name) => {
    const { session } = await setupSession();

    await expect(session.generateRequest(type, initData)).rejects.toMatchObject({ name });
  });

  it.each(['01', '313233', '0123456789abcdef0123456789abcdef01234567'])(
    'takes key ids of any length, as WebM has them: %s',
    async (keyId) => {
      const { session, watch, cdm } = await setupSession();
      await session.generateRequest('webm', fromHex(keyId));
      await cdm.settled();
      expect(fromJson(watch.lastMessage)).toMatchObject({ kids: [toBase64Url(fromHex(keyId))] });

      await session.update(clearKeyLicense([keyId], { key: new Uint8Array(16) }));
      expect(statusesOf(session)).toEqual({ [keyId]: 'usable' });
    },
  );

  it('works once for a session, also when it failed', async () => {
    const { session } = await setupSession();
    await expect(session.generateRequest('', keyIdsInitData(FIRST))).rejects.toThrow(TypeError);

    await expect(session.generateRequest('keyids', keyIdsInitData(FIRST))).rejects.toMatchObject({
      name: 'InvalidStateError',
    });
  });
});

describe('update()', () => {
  it('resolves before the event, when statuses are there already', async () => {
    const { session, watch, cdm } = await setupSession();
    await session.generateRequest('keyids', keyIdsInitData(FIRST, SECOND));
    await cdm.settled();

    await session.update(clearKeyLicense([SECOND, FIRST])).then(() => watch.events.push('resolved'));
    expect(statusesOf(session)).toEqual({ [FIRST]: 'usable', [SECOND]: 'usable' });
    await cdm.settled();

    expect(watch.events).toEqual(['license-request', 'resolved', 'keystatuseschange']);
    expect([...cdm.usableKeyIds].sort()).toEqual([FIRST, SECOND]);
    expect(session.expiration).toBeNaN();
  });

  it('tells of no change where there is none', async () => {
    const { session, watch, cdm } = await setupSession();
    await session.generateRequest('keyids', keyIdsInitData(FIRST));
    await session.update(clearKeyLicense([FIRST]));
    await session.update(clearKeyLicense([FIRST]));
    await cdm.settled();

    expect(watch.events).toEqual(['license-request', 'keystatuseschange']);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['no JSON', Uint8Array.of(1, 2, 3)],
    ['no keys', toJson({ keys: [] })],
    [
      'a key of another kind',
      toJson({ keys: [{ kty: 'RSA', kid: 'AAAAAAAAAAAAAAAAAAAAAA', k: 'AAAAAAAAAAAAAAAAAAAAAA' }] }),
    ],
    ['a short key', toJson({ keys: [{ kty: 'oct', kid: 'AAAAAAAAAAAAAAAAAAAAAA', k: 'AAAA' }] })],
    [
      'padded base64',
      toJson({ keys: [{ kty: 'oct', kid: 'AAAAAAAAAAAAAAAAAAAAAA==', k: 'AAAAAAAAAAAAAAAAAAAAAA==' }] }),
    ],
    ['a license that is to be stored', clearKeyLicense([FIRST], { type: 'persistent-license' })],
    ['a license of an unknown type', clearKeyLicense([FIRST], { type: 'eternal' })],
    ['an acknowledgement of nothing', keyIdsInitData(FIRST)],
  ])('refuses %s, and the session goes on', async (_, response) => {
    const { session } = await setupSession();
    await session.generateRequest('keyids', keyIdsInitData(FIRST));

    await expect(session.update(response)).rejects.toThrow(TypeError);
    expect(session.keyStatuses.size).toBe(0);
    await session.update(clearKeyLicense([FIRST]));
    expect(session.keyStatuses.size).toBe(1);
  });

  it('is refused before a request and after the end', async () => {
    const { session } = await setupSession();
    await expect(session.update(clearKeyLicense([FIRST]))).rejects.toMatchObject({
      name: 'InvalidStateError',
    });
    await session.generateRequest('keyids', keyIdsInitData(FIRST));
    await session.close();

    await expect(session.update(clearKeyLicense([FIRST]))).rejects.toMatchObject({
      name: 'InvalidStateError',
    });
  });
});

describe('close()', () => {
  it('resolves before `closed` does, forgets all keys, and lets nothing follow', async () => {
    const { session, watch, cdm } = await setupSession();
    await session.generateRequest('keyids', keyIdsInitData(FIRST));
    await session.update(clearKeyLicense([FIRST]));
    await cdm.settled();

    await session.close().then(() => watch.events.push('resolved'));
    await session.close();
    await cdm.settled();

    expect(watch.events.slice(2)).toEqual(['resolved', 'closed: closed-by-application', 'keystatuseschange']);
    expect(session.keyStatuses.size).toBe(0);
    expect(cdm.usableKeyIds).toEqual([]);
    expect(cdm.sessions).toMatchObject([{ closedReason: 'closed-by-application' }]);
  });

  it('is refused for a session that was never used', async () => {
    const { session } = await setupSession();

    await expect(session.close()).rejects.toMatchObject({ name: 'InvalidStateError' });
  });

  it('leaves the keys of other sessions alone, also those of the same id', async () => {
    const { mediaKeys, session, cdm } = await setupSession();
    const other = mediaKeys.createSession();
    for (const each of [session, other]) {
      await each.generateRequest('keyids', keyIdsInitData(FIRST));
      await each.update(clearKeyLicense([FIRST]));
    }
    await session.close();

    expect(statusesOf(other)).toEqual({ [FIRST]: 'usable' });
    expect(cdm.usableKeyIds).toEqual([FIRST]);
  });
});

describe('remove()', () => {
  it('releases the keys of a temporary session, and sends nothing', async () => {
    const { session, watch, cdm } = await setupSession();
    await session.generateRequest('keyids', keyIdsInitData(FIRST));
    await session.update(clearKeyLicense([FIRST]));
    await cdm.settled();

    await session.remove().then(() => watch.events.push('resolved'));
    await cdm.settled();

    expect(statusesOf(session)).toEqual({ [FIRST]: 'released' });
    expect(cdm.usableKeyIds).toEqual([]);
    expect(watch.events.slice(2)).toEqual(['resolved', 'keystatuseschange']);
  });

  it('lets a temporary session have a new license', async () => {
    const { session } = await setupSession();
    await session.generateRequest('keyids', keyIdsInitData(FIRST));
    await session.update(clearKeyLicense([FIRST]));
    await session.remove();
    await session.update(clearKeyLicense([SECOND]));

    expect(statusesOf(session)).toEqual({ [SECOND]: 'usable' });
  });

  it('sends the record of a persistent license until it is acknowledged, in the order of EME', async () => {
    const { session, watch, cdm, mediaKeys } = await setupSession('persistent-license');
    await session.generateRequest('keyids', keyIdsInitData(FIRST));
    await session.update(clearKeyLicense([FIRST], { type: 'persistent-license' }));
    await cdm.settled();
    const { sessionId } = session;

    await session.remove().then(() => watch.events.push('removed'));
    await cdm.settled();
    expect(fromJson(watch.lastMessage)).toEqual({ kids: ['ABEiM0RVZneImaq7zN3u_w'] });

    await session.update(watch.lastMessage).then(() => watch.events.push('updated'));
    await cdm.settled();
    expect(watch.events.slice(2)).toEqual([
      'removed',
      'keystatuseschange',
      'license-release',
      'closed: release-acknowledged',
      'updated',
      'keystatuseschange',
    ]);
    expect(await mediaKeys.createSession('persistent-license').load(sessionId)).toBe(false);
  });
});

describe('load()', () => {
  async function setupStored() {
    const test = await setupSession('persistent-license');
    await test.session.generateRequest('keyids', keyIdsInitData(FIRST));
    await test.session.update(clearKeyLicense([FIRST], { type: 'persistent-license' }));
    await test.cdm.settled();

    return {
      ...test,
      sessionId: test.session.sessionId,
      loaded: test.mediaKeys.createSession('persistent-license'),
    };
  }

  it('brings the keys back once the session that had them is closed', async () => {
    const { session, sessionId, loaded, cdm } = await setupStored();
    await session.close();
    expect(cdm.usableKeyIds).toEqual([]);
    const watch = new SessionWatch(loaded);

    expect(await loaded.load(sessionId)).toBe(true);
    expect(loaded.sessionId).toBe(sessionId);
    expect(statusesOf(loaded)).toEqual({ [FIRST]: 'usable' });
    await cdm.settled();
    expect(watch.events).toEqual(['keystatuseschange']);
    expect(cdm.usableKeyIds).toEqual([FIRST]);
  });

  it('is refused while another session object has the session', async () => {
    const { sessionId, loaded } = await setupStored();

    await expect(loaded.load(sessionId)).rejects.toMatchObject({ name: 'QuotaExceededError' });
  });

  it('sends the record of destruction again until it is acknowledged', async () => {
    const { session, sessionId, loaded, cdm } = await setupStored();
    await session.remove();
    await session.close();
    const watch = new SessionWatch(loaded);

    expect(await loaded.load(sessionId)).toBe(true);
    expect(statusesOf(loaded)).toEqual({ [FIRST]: 'released' });
    await cdm.settled();
    expect(watch.events).toEqual(['keystatuseschange', 'license-release']);
    await loaded.update(watch.lastMessage);
    expect(await loaded.closed).toBe('release-acknowledged');
  });

  it('gives false for what is not stored', async () => {
    const { mediaKeys } = await setupStored();

    expect(await mediaKeys.createSession('persistent-license').load('1234')).toBe(false);
  });

  it('stores nothing before the first update()', async () => {
    const { mediaKeys } = await setupSession('persistent-license');
    const session = mediaKeys.createSession('persistent-license');
    await session.generateRequest('keyids', keyIdsInitData(FIRST));
    const { sessionId } = session;
    await session.close();

    expect(await mediaKeys.createSession('persistent-license').load(sessionId)).toBe(false);
  });

  it.each([
    ['an empty id', ''],
    ['an id that cannot be one', '!@#$%^&*()'],
    ['an id that is too long', 'a'.repeat(65)],
  ])('rejects for %s', async (_, id) => {
    const { mediaKeys } = await setupStored();

    await expect(mediaKeys.createSession('persistent-license').load(id)).rejects.toThrow(TypeError);
  });

  it('rejects for a temporary session', async () => {
    const { mediaKeys } = await setupSession();

    await expect(mediaKeys.createSession().load('1234')).rejects.toThrow(TypeError);
  });
});
