import { contracts } from '../contract-test.js';
import { fromHex, json, jwk, KEYS, license, text, toHex } from '../page/clear-key.js';
import { equal, throws, show } from '../page/expectations.js';
import { concat } from '../page/initialization-data.js';

const [FIRST, SECOND, THIRD] = KEYS;
const UNSORTED = [THIRD, FIRST, SECOND];
const SORTED_IDS = [FIRST.keyId, SECOND.keyId, THIRD.keyId];

/** Calls with what TypeScript would not let through. */
function call(map: MediaKeyStatusMap, method: 'get' | 'has', ...parameters: readonly unknown[]): unknown {
  return Reflect.apply(map[method].bind(map), map, parameters);
}

/** Every way to spell a key id as bytes. */
function spellings(keyId: string): BufferSource[] {
  const bytes = fromHex(keyId);
  const padded = concat(text('before'), bytes, text('after'));
  return [
    bytes.buffer,
    bytes,
    new DataView(bytes.buffer),
    padded.subarray(6, 6 + bytes.length),
    new DataView(padded.buffer, 6, bytes.length),
    new Uint16Array(bytes.buffer),
  ];
}

export const keyStatusesContracts = contracts('MediaKeyStatusMap', {
  'a session without keys has an empty map': async (environment) => {
    const { session } = await environment.openSession();
    const { keyStatuses } = session;
    equal(keyStatuses.size, 0, 'size');
    equal([...keyStatuses], [], 'entries');
    equal(keyStatuses.has(fromHex(FIRST.keyId)), false, 'has()');
    equal(keyStatuses.get(fromHex(FIRST.keyId)), undefined, 'get()');
  },
  'the size is the number of keys': async (environment) => {
    const { session } = await environment.openLicensedSession({ keys: KEYS });
    equal(session.keyStatuses.size, 3, 'size');
  },
  'a key is found by its id in any kind of buffer': async (environment) => {
    const { session } = await environment.openLicensedSession();
    for (const keyId of spellings(FIRST.keyId)) {
      const kind = Object.prototype.toString.call(keyId);
      equal(session.keyStatuses.has(keyId), true, `has() with ${kind}`);
      equal(session.keyStatuses.get(keyId), 'usable', `get() with ${kind}`);
    }
  },
  'a key that is not there is not found': async (environment) => {
    const { session } = await environment.openLicensedSession();
    for (const keyId of ['', FIRST.keyId.slice(2), `${FIRST.keyId}00`, SECOND.keyId]) {
      equal(session.keyStatuses.has(fromHex(keyId)), false, `has() with ${keyId}`);
      equal(session.keyStatuses.get(fromHex(keyId)), undefined, `get() with ${keyId}`);
    }
  },
  'a key id that is not bytes is refused': async (environment) => {
    const { session } = await environment.openLicensedSession();
    for (const parameters of [[], [null], [undefined], ['key id'], [1], [{}]]) {
      throws(
        () => call(session.keyStatuses, 'has', ...parameters),
        'TypeError',
        `has(${show(parameters[0])})`,
      );
      throws(
        () => call(session.keyStatuses, 'get', ...parameters),
        'TypeError',
        `get(${show(parameters[0])})`,
      );
    }
  },
  'keys come in the order of their ids': async (environment) => {
    const { session } = await environment.openSession();
    await session.update(license(UNSORTED));
    equal([...session.keyStatuses.keys()].map(toHex), SORTED_IDS, 'key ids');
  },
  'a key id comes before a longer one that begins with it': async (environment) => {
    const { session } = await environment.openSession();
    const ids = ['0102030405060708', '01020304', '0103', '0102030405'];
    const keys = ids.map((keyId) => jwk({ ...FIRST, keyId }));
    await session.update(json({ keys }));
    equal(
      [...session.keyStatuses.keys()].map(toHex),
      ['01020304', '0102030405', '0102030405060708', '0103'],
      'key ids',
    );
  },
  'all iterators tell the same': async (environment) => {
    const { session } = await environment.openLicensedSession({ keys: UNSORTED });
    const { keyStatuses } = session;
    const expected = SORTED_IDS.map((keyId) => [keyId, 'usable']);
    const hexOf = ([keyId, status]: [BufferSource, MediaKeyStatus]) => [toHex(keyId), status];

    equal([...keyStatuses].map(hexOf), expected, 'the map itself');
    equal([...keyStatuses.entries()].map(hexOf), expected, 'entries()');
    equal([...keyStatuses.keys()].map(toHex), SORTED_IDS, 'keys()');
    equal([...keyStatuses.values()], ['usable', 'usable', 'usable'], 'values()');
  },
  'the map itself iterates as its entries do': async (environment) => {
    const { session } = await environment.openLicensedSession();
    equal(session.keyStatuses[Symbol.iterator] === session.keyStatuses.entries, true, 'the same function');
  },
  'forEach() gives status, key id and map, on the object it is told': async (environment) => {
    const { session } = await environment.openLicensedSession({ keys: UNSORTED });
    const { keyStatuses } = session;
    const self = {};
    const seen: unknown[] = [];
    const visit = keyStatuses.forEach.bind(keyStatuses) as (callback: Function, self: object) => void;
    visit(function visitor(this: unknown, status: string, keyId: BufferSource, map: unknown) {
      seen.push([status, toHex(keyId), map === keyStatuses, this === self]);
    }, self);
    equal(
      seen,
      SORTED_IDS.map((keyId) => ['usable', keyId, true, true]),
      'visits',
    );
    equal(
      keyStatuses.forEach(() => {}),
      undefined,
      'value',
    );
  },
  'key ids are buffers': async (environment) => {
    const { session } = await environment.openLicensedSession();
    const [keyId] = session.keyStatuses.keys();
    equal(Object.prototype.toString.call(keyId), '[object ArrayBuffer]', 'class of a key id');
  },
  'changing a key id that the map gave changes nothing in the map': async (environment) => {
    const { session } = await environment.openLicensedSession();
    const [given] = session.keyStatuses.keys();
    new Uint8Array(given as ArrayBuffer).fill(0);
    equal([...session.keyStatuses.keys()].map(toHex), [FIRST.keyId], 'key ids');
    equal(session.keyStatuses.has(fromHex(FIRST.keyId)), true, 'has()');
  },
  'the map cannot be written': async (environment) => {
    const { session } = await environment.openLicensedSession();
    const { keyStatuses } = session;
    equal(
      ['set', 'delete', 'clear', 'add'].filter((method) => method in keyStatuses),
      [],
      'methods that write',
    );
    throws(
      () => {
        (keyStatuses as unknown as Record<string, unknown>)['size'] = 0;
      },
      'TypeError',
      'setting size in strict mode',
    );
    equal(keyStatuses.size, 1, 'size');
  },
  'the map of a session grows with it': async (environment) => {
    const { session } = await environment.openSession();
    const { keyStatuses } = session;
    await session.update(license([FIRST]));
    equal(keyStatuses.size, 1, 'size after the first license');
    await session.update(license([SECOND]));
    equal(keyStatuses.size, 2, 'size after the second license');
  },
});
