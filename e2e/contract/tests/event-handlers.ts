// The attributes that hold a handler are what is put to the test here.
// oxlint-disable unicorn/prefer-add-event-listener
import { contracts } from '../contract-test.js';
import { KEYS, license } from '../page/clear-key.js';
import { EventLog } from '../page/event-log.js';
import { equal, within } from '../page/expectations.js';
import { keyIdsData } from '../page/initialization-data.js';

const [FIRST] = KEYS;
const REQUEST = keyIdsData([FIRST.keyId]);

export const eventHandlerContracts = contracts('MediaKeySession: event handlers', {
  'onmessage is called with the message, on the session': async (environment) => {
    const session = await environment.createSession();
    const called = new Promise<unknown[]>((resolve) => {
      session.onmessage = function handler(this: unknown, event) {
        resolve([
          this === session,
          event.messageType,
          event.target === session,
          event.currentTarget === session,
        ]);
      };
    });
    await session.generateRequest('keyids', REQUEST);
    equal(await within(called, 'onmessage'), [true, 'license-request', true, true], 'call');
  },
  'onkeystatuseschange is called, on the session': async (environment) => {
    const { session } = await environment.openSession();
    const called = new Promise<unknown[]>((resolve) => {
      session.onkeystatuseschange = function handler(this: unknown, event) {
        resolve([this === session, event.type, event.target === session]);
      };
    });
    await session.update(license([FIRST]));
    equal(await within(called, 'onkeystatuseschange'), [true, 'keystatuseschange', true], 'call');
  },
  'a handler can be read, replaced and taken away': async (environment) => {
    const session = await environment.createSession();
    const [first, second] = [() => {}, () => {}];
    session.onmessage = first;
    equal(session.onmessage === first, true, 'the first handler');
    session.onmessage = second;
    equal(session.onmessage === second, true, 'the second handler');
    session.onmessage = null;
    equal(session.onmessage, null, 'no handler');
  },
  'what is no function is no handler': async (environment) => {
    const session = await environment.createSession();
    for (const value of [1, 'handler', undefined]) {
      session.onmessage = () => {};
      Reflect.set(session, 'onmessage', value);
      equal(session.onmessage, null, `handler after ${String(value)}`);
    }
  },
  'a handler that was replaced is not called': async (environment) => {
    const session = await environment.createSession();
    const log = new EventLog(session);
    session.onmessage = () => log.note('first');
    session.onmessage = () => log.note('second');
    await session.generateRequest('keyids', REQUEST);
    await log.until('second');
    equal(log.entries, ['message license-request', 'second'], 'calls');
  },
  'handler and listeners are called in the order in which they came': async (environment) => {
    const session = await environment.createSession();
    const calls: string[] = [];
    session.addEventListener('message', () => calls.push('listener'));
    session.onmessage = () => calls.push('handler');
    session.addEventListener('message', () => calls.push('late listener'));
    session.onmessage = () => calls.push('handler in its place');
    const log = new EventLog(session);
    await session.generateRequest('keyids', REQUEST);
    await log.message();
    equal(calls, ['listener', 'handler in its place', 'late listener'], 'calls');
  },
  'a listener that was removed is not called': async (environment) => {
    const session = await environment.createSession();
    const calls: string[] = [];
    const listener = () => calls.push('removed');
    session.addEventListener('message', listener);
    session.addEventListener('message', () => calls.push('once'), { once: true });
    session.removeEventListener('message', listener);
    const log = new EventLog(session);
    await session.generateRequest('keyids', REQUEST);
    await log.message();
    equal(calls, ['once'], 'calls');
  },
  'a page can send a session events of its own': async (environment) => {
    const session = await environment.createSession();
    const seen: string[] = [];
    session.onmessage = (event) => seen.push(event.type);
    session.dispatchEvent(new Event('message'));
    equal(seen, ['message'], 'events');
  },
});
