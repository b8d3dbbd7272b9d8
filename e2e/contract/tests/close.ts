import { contracts } from '../contract-test.js';
import { fromHex, KEYS, license, text } from '../page/clear-key.js';
import { equal, rejects, within } from '../page/expectations.js';
import { keyIdsData } from '../page/initialization-data.js';

const [FIRST] = KEYS;
const REQUEST = keyIdsData([FIRST.keyId]);

export const closeContracts = [
  ...contracts('close()', {
    'a session that made no request cannot be closed': async (environment) => {
      const session = await environment.createSession();
      await rejects(() => session.close(), 'InvalidStateError', 'close()');
      await session.generateRequest('keyids', REQUEST);
    },
    'a session cannot be closed while its request is under way': async (environment) => {
      const session = await environment.createSession();
      const request = session.generateRequest('keyids', REQUEST);
      await rejects(() => session.close(), 'InvalidStateError', 'close()');
      await request;
    },
    'a session whose request was refused cannot be closed': async (environment) => {
      const session = await environment.createSession();
      await session.generateRequest('keyids', text('nonsense')).catch(() => {});
      await rejects(() => session.close(), 'InvalidStateError', 'close()');
    },
    'a session is closed by the application': async (environment) => {
      const { session } = await environment.openSession();
      equal(await session.close(), undefined, 'value of close()');
      equal(await within(session.closed, 'closed'), 'closed-by-application', 'reason');
    },
    'closing again does no harm': async (environment) => {
      const { session } = await environment.openSession();
      const [first, second] = [session.close(), session.close()];
      equal(await second, undefined, 'value of close() while closing');
      await first;
      equal(await session.close(), undefined, 'value of close() when closed');
      equal(await within(session.closed, 'closed'), 'closed-by-application', 'reason');
    },
    'close() is fulfilled before closed': async (environment) => {
      const { session, log } = await environment.openSession();
      const closed = log.track('closed', session.closed);
      await log.track('close()', session.close());
      await within(closed, 'closed');
      equal(log.entries.slice(1), ['close()', 'closed'], 'order');
    },
    'a closed session makes no request, takes no license and loads none': async (environment) => {
      const { session } = await environment.openLicensedSession();
      await session.close();
      await within(session.closed, 'closed');
      await rejects(
        () => session.generateRequest('keyids', REQUEST),
        'InvalidStateError',
        'generateRequest()',
      );
      await rejects(() => session.update(license([FIRST])), 'InvalidStateError', 'update()');
      await rejects(() => session.load('1'), 'InvalidStateError', 'load()');
    },
    'a closed session refuses for being closed before anything else': async (environment) => {
      const { session } = await environment.openSession();
      await session.close();
      await rejects(() => session.generateRequest('', REQUEST), 'InvalidStateError', 'generateRequest()');
      await rejects(() => session.update(new Uint8Array()), 'InvalidStateError', 'update()');
      await rejects(() => session.load(''), 'InvalidStateError', 'load()');
    },
    'a session that is being closed makes no request and removes nothing': async (environment) => {
      const { session } = await environment.openLicensedSession();
      const closing = session.close();
      await rejects(() => session.remove(), 'InvalidStateError', 'remove()');
      await rejects(
        () => session.generateRequest('keyids', REQUEST),
        'InvalidStateError',
        'generateRequest()',
      );
      await closing;
    },
  }),
  ...contracts('Session Closed', {
    'a closed session has no keys and no expiration': async (environment) => {
      const { session } = await environment.openLicensedSession({ keys: KEYS });
      await session.close();
      await within(session.closed, 'closed');
      equal(session.keyStatuses.size, 0, 'size of keyStatuses');
      equal(session.keyStatuses.has(fromHex(FIRST.keyId)), false, 'has()');
      equal(session.expiration, Number.NaN, 'expiration');
    },
    'a closed session keeps its id': async (environment) => {
      const { session } = await environment.openSession();
      const { sessionId } = session;
      await session.close();
      equal(session.sessionId, sessionId, 'session id');
    },
    'closing tells that the keys are gone': async (environment) => {
      const { session, log } = await environment.openLicensedSession();
      session.addEventListener('keystatuseschange', () => log.note(`size ${session.keyStatuses.size}`));
      await session.close();
      await log.until('size 0');
    },
    'the event of the keys that are gone comes after closed': async (environment) => {
      const { session, log } = await environment.openLicensedSession();
      const closed = log.track('closed', session.closed);
      await session.close();
      await log.until('keystatuseschange', 2);
      await within(closed, 'closed');
      equal(log.entries.slice(2), ['closed', 'keystatuseschange'], 'order');
    },
    'nothing is heard of a closed session': async (environment) => {
      const { session, mediaKeys, log } = await environment.openLicensedSession();
      await session.close();
      await log.until('keystatuseschange', 2);
      await environment.settle(mediaKeys);
      equal(log.entries, ['message license-request', 'keystatuseschange', 'keystatuseschange'], 'events');
    },
    'closing a session leaves the keys of another, also the same keys': async (environment) => {
      const mediaKeys = await environment.createMediaKeys();
      const one = await environment.openLicensedSession({ mediaKeys });
      const other = await environment.openLicensedSession({ mediaKeys });
      await one.session.close();
      await within(one.session.closed, 'closed');
      await environment.settle(mediaKeys);
      equal(other.session.keyStatuses.get(fromHex(FIRST.keyId)), 'usable', 'status in the other session');
      equal(
        other.log.entries,
        ['message license-request', 'keystatuseschange'],
        'events of the other session',
      );
    },
    'media keys make new sessions after one was closed': async (environment) => {
      const { session, mediaKeys } = await environment.openSession();
      await session.close();
      const next = await environment.openLicensedSession({ mediaKeys });
      equal(next.session.sessionId === session.sessionId, false, 'the same session id');
    },
    'closed is fulfilled also for those who ask late': async (environment) => {
      const { session, mediaKeys } = await environment.openSession();
      await session.close();
      await environment.settle(mediaKeys);
      equal(await within(session.closed, 'closed'), 'closed-by-application', 'reason');
    },
  }),
];
