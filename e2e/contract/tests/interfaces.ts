import { contracts } from '../contract-test.js';
import { KEYS, license } from '../page/clear-key.js';
import { equal, throws } from '../page/expectations.js';

/** The name that a platform object bears. */
function classOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

export const interfaceContracts = [
  ...contracts('Interfaces', {
    'objects bear the names of their interfaces': async (environment) => {
      const access = await environment.requestAccess();
      const { session, mediaKeys, log } = await environment.openLicensedSession();
      equal(
        [access, mediaKeys, session, session.keyStatuses, log.messages[0]].map(classOf),
        ['MediaKeySystemAccess', 'MediaKeys', 'MediaKeySession', 'MediaKeyStatusMap', 'MediaKeyMessageEvent'],
        'class strings',
      );
    },
    'objects are instances of their interfaces': async (environment) => {
      const access = await environment.requestAccess();
      const { session, mediaKeys, log } = await environment.openLicensedSession();
      equal(access instanceof MediaKeySystemAccess, true, 'MediaKeySystemAccess');
      equal(mediaKeys instanceof MediaKeys, true, 'MediaKeys');
      equal(session instanceof MediaKeySession, true, 'MediaKeySession');
      equal(session instanceof EventTarget, true, 'EventTarget');
      equal(session.keyStatuses instanceof MediaKeyStatusMap, true, 'MediaKeyStatusMap');
      equal(log.messages[0] instanceof MediaKeyMessageEvent, true, 'MediaKeyMessageEvent');
      equal(log.statusChanges[0] instanceof Event, true, 'Event');
    },
    'an instance of one interface is none of another': async (environment) => {
      const { session, mediaKeys } = await environment.openSession();
      equal((mediaKeys as unknown) instanceof MediaKeySession, false, 'media keys as a session');
      equal((session as unknown) instanceof MediaKeys, false, 'a session as media keys');
      equal({} instanceof MediaKeys, false, 'an object as media keys');
    },
    'nobody but the platform makes the objects': () => {
      for (const name of ['MediaKeySystemAccess', 'MediaKeys', 'MediaKeySession', 'MediaKeyStatusMap']) {
        const constructor = Reflect.get(window, name) as new () => unknown;
        throws(() => new constructor(), 'TypeError', `new ${name}()`);
      }
      return Promise.resolve();
    },
    'attributes cannot be set': async (environment) => {
      const { session } = await environment.openLicensedSession();
      const { sessionId, keyStatuses, closed } = session;
      for (const name of ['sessionId', 'keyStatuses', 'closed', 'expiration']) {
        throws(
          () => {
            (session as unknown as Record<string, unknown>)[name] = null;
          },
          'TypeError',
          `setting ${name} in strict mode`,
        );
      }
      equal(session.sessionId === sessionId, true, 'sessionId unchanged');
      equal(session.keyStatuses === keyStatuses, true, 'keyStatuses unchanged');
      equal(session.closed === closed, true, 'closed unchanged');
    },
    'attributes and methods live on the prototype': async (environment) => {
      const { session, mediaKeys } = await environment.openSession();
      equal([Object.keys(session), Object.keys(mediaKeys)], [[], []], 'own members');
      for (const name of [
        'sessionId',
        'expiration',
        'closed',
        'keyStatuses',
        'onmessage',
        'generateRequest',
      ]) {
        equal(name in session, true, name);
      }
    },
    'map and promise of a session are the same objects all its life': async (environment) => {
      const { session } = await environment.openSession();
      const { keyStatuses, closed } = session;
      await session.update(license(KEYS));
      equal([session.keyStatuses === keyStatuses, session.closed === closed], [true, true], 'with keys');
      await session.close();
      equal([session.keyStatuses === keyStatuses, session.closed === closed], [true, true], 'closed');
    },
  }),
  ...contracts('MediaKeyMessageEvent', {
    'a page can make a message event': () => {
      const message = new ArrayBuffer(2);
      const event = new MediaKeyMessageEvent('message', { messageType: 'license-renewal', message });
      equal([event.type, event.messageType], ['message', 'license-renewal'], 'type and message type');
      equal(event.message === message, true, 'the same message');
      return Promise.resolve();
    },
    'a message event needs a known type and a message': () => {
      const make = (init: unknown) => () =>
        new MediaKeyMessageEvent('message', init as MediaKeyMessageEventInit);
      throws(make({ messageType: 'license-request' }), 'TypeError', 'no message');
      throws(make({ message: new ArrayBuffer(1) }), 'TypeError', 'no message type');
      throws(make({ messageType: 'unheard-of', message: new ArrayBuffer(1) }), 'TypeError', 'unknown type');
      return Promise.resolve();
    },
  }),
  ...contracts('MediaEncryptedEvent', {
    'a page can make an encrypted event': () => {
      const initData = new ArrayBuffer(2);
      const event = new MediaEncryptedEvent('encrypted', { initDataType: 'cenc', initData });
      equal([event.initDataType, event.initData === initData], ['cenc', true], 'event');
      const bare = new MediaEncryptedEvent('encrypted');
      equal([bare.initDataType, bare.initData], ['', null], 'event without data');
      return Promise.resolve();
    },
  }),
];
