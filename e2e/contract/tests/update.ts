import { contracts, type Run } from '../contract-test.js';
import { base64url, fromHex, json, jwk, KEYS, license, text, toHex } from '../page/clear-key.js';
import { EventLog } from '../page/event-log.js';
import { equal, rejects, show } from '../page/expectations.js';
import { concat, keyIdsData } from '../page/initialization-data.js';

const [FIRST, SECOND, THIRD] = KEYS;
const GOOD = jwk(FIRST);

/** Calls with what TypeScript would not let through. */
function call(session: MediaKeySession, ...parameters: readonly unknown[]): Promise<unknown> {
  return Reflect.apply(session.update.bind(session), session, parameters);
}

function statusesOf({ keyStatuses }: MediaKeySession): Record<string, string> {
  const statuses: Record<string, string> = {};
  keyStatuses.forEach((status, keyId) => {
    statuses[toHex(keyId)] = status;
  });
  return statuses;
}

const INVALID_LICENSES: Readonly<Record<string, unknown>> = {
  'that is null': null,
  'that is a list': [GOOD],
  'that is a string': 'license',
  'without keys': {},
  'whose keys are no list': { keys: GOOD },
  'with an empty list of keys': { keys: [] },
  'whose keys are no objects': { keys: ['key'] },
  'with a key without a type': { keys: [{ kid: GOOD.kid, k: GOOD.k }] },
  'with a key of another type': { keys: [{ ...GOOD, kty: 'RSA' }] },
  'with a key without an id': { keys: [{ kty: GOOD.kty, k: GOOD.k }] },
  'with a key without a value': { keys: [{ kty: GOOD.kty, kid: GOOD.kid }] },
  'with a key id that is no string': { keys: [{ ...GOOD, kid: 1 }] },
  'with an empty key id': { keys: [{ ...GOOD, kid: '' }] },
  'with a padded key id': { keys: [{ ...GOOD, kid: `${GOOD.kid}==` }] },
  'with a key id that is not base64url': { keys: [{ ...GOOD, kid: '!!!!AAAAAAAAAAAAAAAAAA' }] },
  'with a padded key': { keys: [{ ...GOOD, k: `${GOOD.k}==` }] },
  'with a key that is not base64url': { keys: [{ ...GOOD, k: 'AAAA????AAAAAAAAAAAAAA' }] },
  'with a key in base64 of the other alphabet': { keys: [{ ...GOOD, k: '++//AAAAAAAAAAAAAAAAAA' }] },
  'with an empty key': { keys: [{ ...GOOD, k: '' }] },
  'with a key of 15 bytes': { keys: [{ ...GOOD, k: base64url(new Uint8Array(15)) }] },
  'with a key of 17 bytes': { keys: [{ ...GOOD, k: base64url(new Uint8Array(17)) }] },
  'with a key of 32 bytes': { keys: [{ ...GOOD, k: base64url(new Uint8Array(32)) }] },
  'of an unknown session type': { keys: [GOOD], type: 'unheard-of' },
};

const INVALID_TEXTS: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  'that is no JSON': text('this is not JSON'),
  'that is cut off': license([FIRST]).slice(0, -1),
  'with something behind it': concat(license([FIRST]), text('}')),
  'that is not UTF-8': concat(fromHex('fffe'), license([FIRST])),
};

/** A contract for each response, which must be refused and change nothing. */
function refusals(responses: Readonly<Record<string, Uint8Array<ArrayBuffer>>>): Record<string, Run> {
  const tests = Object.entries(responses).map(([what, response]): [string, Run] => [
    `a license ${what} is refused`,
    async (environment) => {
      const { session } = await environment.openSession();
      await rejects(() => session.update(response), 'TypeError', 'update()');
      equal(statusesOf(session), {}, 'key statuses afterwards');
      await session.update(license([FIRST]));
    },
  ]);
  return Object.fromEntries(tests);
}

export const updateContracts = [
  ...contracts('update()', {
    'an update without bytes is refused, by a promise': async (environment) => {
      const { session } = await environment.openSession();
      for (const parameters of [[], [null], [undefined], [''], ['license'], [1], [{}]]) {
        await rejects(() => call(session, ...parameters), 'TypeError', `update(${show(parameters[0])})`);
      }
    },
    'an empty update is refused': async (environment) => {
      const { session } = await environment.openSession();
      await rejects(() => session.update(new Uint8Array()), 'TypeError', 'empty array');
      await rejects(() => session.update(new ArrayBuffer(0)), 'TypeError', 'empty buffer');
    },
    'a session that made no request takes no update': async (environment) => {
      const session = await environment.createSession();
      await rejects(() => session.update(license([FIRST])), 'InvalidStateError', 'update()');
      await rejects(() => session.update(new Uint8Array()), 'InvalidStateError', 'empty update()');
    },
    'a session takes no update while its request is under way': async (environment) => {
      const session = await environment.createSession();
      const request = session.generateRequest('keyids', keyIdsData([FIRST.keyId]));
      await rejects(() => session.update(license([FIRST])), 'InvalidStateError', 'update()');
      await request;
    },
    'a session whose request was refused takes no update': async (environment) => {
      const session = await environment.createSession();
      await session.generateRequest('keyids', text('nonsense')).catch(() => {});
      await rejects(() => session.update(license([FIRST])), 'InvalidStateError', 'update()');
    },
    'a closed session takes no update': async (environment) => {
      const { session } = await environment.openSession();
      await session.close();
      await rejects(() => session.update(license([FIRST])), 'InvalidStateError', 'update()');
    },
    'a session that is being closed takes no update': async (environment) => {
      const { session } = await environment.openSession();
      const closing = session.close();
      await rejects(() => session.update(license([FIRST])), 'InvalidStateError', 'update()');
      await closing;
    },
    'the promise of an update is fulfilled with undefined': async (environment) => {
      const { session } = await environment.openSession();
      equal(await session.update(license([FIRST])), undefined, 'value');
    },
    'a license makes its keys usable by the time the promise is fulfilled': async (environment) => {
      const { session } = await environment.openSession();
      await session.update(license([FIRST]));
      equal(statusesOf(session), { [FIRST.keyId]: 'usable' }, 'key statuses');
    },
    'a license tells of its keys once': async (environment) => {
      const { session, mediaKeys, log } = await environment.openSession();
      await session.update(license(KEYS));
      await log.until('keystatuseschange');
      await environment.settle(mediaKeys);
      equal(log.entries, ['message license-request', 'keystatuseschange'], 'events');
    },
    'the promise of an update is fulfilled before the event of its keys': async (environment) => {
      const { session, log } = await environment.openSession();
      await log.track('fulfilled', session.update(license([FIRST])));
      await log.until('keystatuseschange');
      equal(log.entries, ['message license-request', 'fulfilled', 'keystatuseschange'], 'order');
    },
    'a license is read at the time of the call': async (environment) => {
      const { session } = await environment.openSession();
      const response = license([FIRST]);
      const update = session.update(response);
      response.fill(0);
      await update;
      equal(statusesOf(session), { [FIRST.keyId]: 'usable' }, 'key statuses');
    },
    'a license may be a buffer, an array or a view of a part': async (environment) => {
      const response = license([FIRST]);
      const padded = concat(text('before'), response, text('after'));
      const parts = [
        response.buffer,
        response,
        new DataView(response.buffer),
        padded.subarray(6, 6 + response.length),
        new DataView(padded.buffer, 6, response.length),
      ];
      for (const part of parts) {
        const { session } = await environment.openSession();
        await session.update(part);
        equal(statusesOf(session), { [FIRST.keyId]: 'usable' }, 'key statuses');
      }
    },
    'the same license again tells of nothing': async (environment) => {
      const { session, mediaKeys, log } = await environment.openLicensedSession();
      await session.update(license([FIRST]));
      await environment.settle(mediaKeys);
      equal(log.entries, ['message license-request', 'keystatuseschange'], 'events');
    },
    'a persistent license is refused in a temporary session': async (environment) => {
      const { session } = await environment.openSession();
      await rejects(() => session.update(license([FIRST], 'persistent-license')), 'TypeError', 'update()');
      equal(statusesOf(session), {}, 'key statuses afterwards');
    },
    'a temporary license says so or nothing in a temporary session': async (environment) => {
      const { session } = await environment.openSession();
      await session.update(license([FIRST], 'temporary'));
      await session.update(license([SECOND]));
      equal(Object.keys(statusesOf(session)), [FIRST.keyId, SECOND.keyId], 'key ids');
    },
    'a refused license takes no keys away': async (environment) => {
      const { session, mediaKeys, log } = await environment.openLicensedSession();
      await rejects(() => session.update(text('nonsense')), 'TypeError', 'update()');
      await environment.settle(mediaKeys);
      equal(statusesOf(session), { [FIRST.keyId]: 'usable' }, 'key statuses');
      equal(log.entries, ['message license-request', 'keystatuseschange'], 'events');
    },
    'an update brings no message': async (environment) => {
      const { mediaKeys, log } = await environment.openLicensedSession();
      await environment.settle(mediaKeys);
      equal(log.messages.length, 1, 'messages');
    },
    'sessions keep their keys apart': async (environment) => {
      const mediaKeys = await environment.createMediaKeys();
      const [one, other] = [
        await environment.openSession({ mediaKeys }),
        await environment.openSession({ mediaKeys }),
      ];
      await one.session.update(license([FIRST]));
      await other.session.update(license([SECOND]));
      equal(statusesOf(one.session), { [FIRST.keyId]: 'usable' }, 'key statuses of the first');
      equal(statusesOf(other.session), { [SECOND.keyId]: 'usable' }, 'key statuses of the second');
    },
  }),
  ...contracts(
    'update()',
    {
      'a temporary license is refused in a persistent session': async (environment) => {
        const { session } = await environment.openSession({ type: 'persistent-license' });
        await rejects(() => session.update(license([FIRST])), 'TypeError', 'license of no type');
        await rejects(() => session.update(license([FIRST], 'temporary')), 'TypeError', 'temporary license');
        equal(statusesOf(session), {}, 'key statuses afterwards');
      },
      'a persistent license makes its keys usable': async (environment) => {
        const { session } = await environment.openSession({ type: 'persistent-license' });
        await session.update(license(KEYS, 'persistent-license'));
        equal(new Set(Object.values(statusesOf(session))), new Set(['usable']), 'statuses');
      },
      'the request of a persistent session says so': async (environment) => {
        const { log } = await environment.openSession({ type: 'persistent-license' });
        const { message } = await log.message();
        equal(
          JSON.parse(new TextDecoder().decode(message)),
          { kids: [GOOD.kid], type: 'persistent-license' },
          'request',
        );
      },
    },
    { needs: ['persistent-license'] },
  ),
  ...contracts('Clear Key: License Format', {
    ...refusals(
      Object.fromEntries(Object.entries(INVALID_LICENSES).map(([what, value]) => [what, json(value)])),
    ),
    ...refusals(INVALID_TEXTS),
    'a license may bring a key that was not asked for': async (environment) => {
      const { session } = await environment.openSession({ keys: [FIRST] });
      await session.update(license([SECOND]));
      equal(statusesOf(session), { [SECOND.keyId]: 'usable' }, 'key statuses');
    },
    'unknown members of a license are passed over': async (environment) => {
      const { session } = await environment.openSession();
      await session.update(
        json({ keys: [{ ...GOOD, alg: 'A128KW', use: 'enc', unknown: [1] }], unknown: { nested: true } }),
      );
      equal(statusesOf(session), { [FIRST.keyId]: 'usable' }, 'key statuses');
    },
    'licenses add up': async (environment) => {
      const { session, log } = await environment.openSession({ keys: KEYS });
      for (const key of [SECOND, THIRD, FIRST]) await session.update(license([key]));
      await log.until('keystatuseschange', 3);
      equal(Object.keys(statusesOf(session)), [FIRST.keyId, SECOND.keyId, THIRD.keyId], 'key ids');
    },
    'a key that comes twice is one key': async (environment) => {
      const { session } = await environment.openSession();
      await session.update(license([FIRST, FIRST]));
      equal(statusesOf(session), { [FIRST.keyId]: 'usable' }, 'key statuses');
    },
    'key ids may have any length': async (environment) => {
      const { session } = await environment.openSession();
      await session.update(json({ keys: [{ ...GOOD, kid: base64url(fromHex('0102030405')) }] }));
      equal(statusesOf(session), { '0102030405': 'usable' }, 'key statuses');
    },
  }),
  ...contracts('Clear Key: Behavior', {
    'a license never expires': async (environment) => {
      const { session } = await environment.openLicensedSession();
      equal(session.expiration, Number.NaN, 'expiration');
    },
    'an event of the keys is plain': async (environment) => {
      const { session, log } = await environment.openLicensedSession();
      const [event] = log.statusChanges;
      equal(
        [event?.type, event?.bubbles, event?.cancelable, event?.target === session],
        ['keystatuseschange', false, false, true],
        'type, bubbles, cancelable, target',
      );
    },
    'the keys have their statuses when their event comes': async (environment) => {
      const { session } = await environment.openSession();
      const log = new EventLog(session);
      session.addEventListener('keystatuseschange', () => log.note(`size ${session.keyStatuses.size}`));
      await session.update(license(KEYS));
      await log.until('size 3');
    },
  }),
];
