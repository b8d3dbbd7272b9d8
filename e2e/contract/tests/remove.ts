import { contracts } from '../contract-test.js';
import type { ContractEnvironment } from '../page/contract-environment.js';
import { acknowledgement, base64url, fromHex, KEYS, license, readMessage } from '../page/clear-key.js';
import { equal, rejects, within } from '../page/expectations.js';
import { keyIdsData } from '../page/initialization-data.js';

const [FIRST, SECOND] = KEYS;

function statusesOf({ keyStatuses }: MediaKeySession): string[] {
  return [...keyStatuses.values()];
}

/** A persistent license that was removed, and whose record was sent. */
async function removeLicense(environment: ContractEnvironment) {
  const open = await environment.openLicensedSession({ type: 'persistent-license', keys: [FIRST, SECOND] });
  await open.session.remove();
  await environment.settle(open.mediaKeys);

  return { ...open, record: open.log.messageAt(1) };
}

export const removeContracts = [
  ...contracts('remove()', {
    'a session that made no request has nothing to remove': async (environment) => {
      const session = await environment.createSession();
      await rejects(() => session.remove(), 'InvalidStateError', 'remove()');
    },
    'nothing is removed while the request is under way': async (environment) => {
      const session = await environment.createSession();
      const request = session.generateRequest('keyids', keyIdsData([FIRST.keyId]));
      await rejects(() => session.remove(), 'InvalidStateError', 'remove()');
      await request;
    },
    'nothing is removed from a closed session': async (environment) => {
      const { session } = await environment.openSession();
      await session.close();
      await rejects(() => session.remove(), 'InvalidStateError', 'remove()');
    },
    'keys that are removed are released': async (environment) => {
      const { session } = await environment.openLicensedSession({ keys: KEYS });
      equal(await session.remove(), undefined, 'value of remove()');
      equal(statusesOf(session), ['released', 'released', 'released'], 'statuses');
      equal(session.expiration, Number.NaN, 'expiration');
    },
    'removing keys tells so': async (environment) => {
      const { session, log } = await environment.openLicensedSession();
      session.addEventListener('keystatuseschange', () => log.note(statusesOf(session).join()));
      await session.remove();
      await log.until('released');
    },
    'removing temporary keys sends no record': async (environment) => {
      const { session, mediaKeys, log } = await environment.openLicensedSession();
      await session.remove();
      await environment.settle(mediaKeys);
      equal(log.messages.length, 1, 'messages');
    },
    'a session without keys has nothing to release': async (environment) => {
      const { session, mediaKeys, log } = await environment.openSession();
      equal(await session.remove(), undefined, 'value of remove()');
      await environment.settle(mediaKeys);
      equal(statusesOf(session), [], 'statuses');
      equal(log.messages.length, 1, 'messages');
    },
    'a session without its keys is open': async (environment) => {
      const { session } = await environment.openLicensedSession();
      await session.remove();
      equal(await Promise.race([session.closed, Promise.resolve('open')]), 'open', 'closed');
      await session.close();
      equal(await within(session.closed, 'closed'), 'closed-by-application', 'reason');
      equal(session.keyStatuses.size, 0, 'size of keyStatuses');
    },
    'a license after the removal makes its keys usable again': async (environment) => {
      const { session } = await environment.openLicensedSession();
      await session.remove();
      await session.update(license([FIRST]));
      equal(statusesOf(session), ['usable'], 'statuses');
    },
    'removing the keys of a session leaves the same keys of another': async (environment) => {
      const mediaKeys = await environment.createMediaKeys();
      const one = await environment.openLicensedSession({ mediaKeys });
      const other = await environment.openLicensedSession({ mediaKeys });
      await one.session.remove();
      await environment.settle(mediaKeys);
      equal(statusesOf(other.session), ['usable'], 'statuses of the other session');
    },
  }),
  ...contracts(
    'remove()',
    {
      'removing a persistent license releases its keys': async (environment) => {
        const { session } = await environment.openLicensedSession({
          type: 'persistent-license',
          keys: [FIRST, SECOND],
        });
        await session.remove();
        equal(statusesOf(session), ['released', 'released'], 'statuses');
        equal(session.expiration, Number.NaN, 'expiration');
        equal(await Promise.race([session.closed, Promise.resolve('open')]), 'open', 'closed');
      },
      'removing a persistent license sends a record of it, after the promise is fulfilled': async (
        environment,
      ) => {
        const { session, mediaKeys, log } = await environment.openLicensedSession({
          type: 'persistent-license',
        });
        await log.track('fulfilled', session.remove());
        await environment.settle(mediaKeys);
        const order = log.entries.slice(2).filter((entry) => entry !== 'keystatuseschange');
        equal(order, ['fulfilled', 'message license-release'], 'order');
      },
      'the record names the key ids and nothing else': async (environment) => {
        const { record } = await removeLicense(environment);
        equal(
          readMessage(record.message),
          { kids: [FIRST, SECOND].map(({ keyId }) => base64url(fromHex(keyId))) },
          'record',
        );
      },
      'the acknowledgement of the record closes the session': async (environment) => {
        const { session } = await removeLicense(environment);
        equal(
          await session.update(acknowledgement([FIRST.keyId, SECOND.keyId])),
          undefined,
          'value of update()',
        );
        equal(await within(session.closed, 'closed'), 'release-acknowledged', 'reason');
        equal(session.keyStatuses.size, 0, 'size of keyStatuses');
        await rejects(() => session.update(license([FIRST])), 'InvalidStateError', 'update()');
      },
      'nothing is heard of a session after the acknowledgement': async (environment) => {
        const { session, mediaKeys, log } = await removeLicense(environment);
        await session.update(acknowledgement([FIRST.keyId, SECOND.keyId]));
        await within(session.closed, 'closed');
        await environment.settle(mediaKeys);
        equal(log.messages.length, 2, 'messages');
      },
      'a license whose record was acknowledged is gone': async (environment) => {
        const { session } = await removeLicense(environment);
        const { sessionId } = session;
        await session.update(acknowledgement([FIRST.keyId, SECOND.keyId]));
        await within(session.closed, 'closed');
        equal((await environment.loadSession(sessionId)).found, false, 'found');
      },
      'a record that was not acknowledged is sent again when it is loaded': async (environment) => {
        const { session } = await removeLicense(environment);
        const { sessionId } = session;
        await session.close();
        await within(session.closed, 'closed');

        const loaded = await environment.loadSession(sessionId);
        equal(loaded.found, true, 'found');
        await environment.settle(loaded.mediaKeys);
        equal(loaded.log.messageAt(0).messageType, 'license-release', 'message type');
        equal(statusesOf(loaded.session), ['released', 'released'], 'statuses');

        await loaded.session.update(acknowledgement([FIRST.keyId, SECOND.keyId]));
        equal(await within(loaded.session.closed, 'closed'), 'release-acknowledged', 'reason');
        equal((await environment.loadSession(sessionId)).found, false, 'found afterwards');
      },
      'a persistent session without a license has nothing to record': async (environment) => {
        const { session, mediaKeys, log } = await environment.openSession({ type: 'persistent-license' });
        await session.remove();
        await environment.settle(mediaKeys);
        equal(log.messages.length, 1, 'messages');
      },
      'a loaded license can be removed': async (environment) => {
        const sessionId = await environment.storeLicense();
        const { session, mediaKeys, log } = await environment.loadSession(sessionId);
        await session.remove();
        await environment.settle(mediaKeys);
        equal(log.messageAt(0).messageType, 'license-release', 'message type');
        await session.update(acknowledgement([FIRST.keyId]));
        equal(await within(session.closed, 'closed'), 'release-acknowledged', 'reason');
      },
      'removing a license takes its keys out of store at once': async (environment) => {
        const { session } = await environment.openLicensedSession({ type: 'persistent-license' });
        const { sessionId } = session;
        await session.remove();
        await session.close();
        await within(session.closed, 'closed');

        const loaded = await environment.loadSession(sessionId);
        equal(statusesOf(loaded.session).includes('usable'), false, 'some key is usable');
      },
    },
    { needs: ['persistent-license'] },
  ),
];
