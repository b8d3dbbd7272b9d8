import { contracts, type Run } from '../contract-test.js';
import { base64url, fromHex, KEYS, readMessage, text, toHex } from '../page/clear-key.js';
import { EventLog } from '../page/event-log.js';
import { equal, rejects } from '../page/expectations.js';
import { commonBox, concat, foreignBox, keyIdsData, uint32 } from '../page/initialization-data.js';
import type { ContractEnvironment } from '../page/contract-environment.js';

const [FIRST, SECOND, THIRD] = KEYS.map(({ keyId }) => keyId) as [string, string, string];
const REQUEST = keyIdsData([FIRST]);
const MAXIMUM_BYTES = 65_536;

/** Calls with what TypeScript would not let through. */
function call(session: MediaKeySession, ...parameters: readonly unknown[]): Promise<unknown> {
  return Reflect.apply(session.generateRequest.bind(session), session, parameters);
}

/** The key ids of the request that initialization data lead to, in hexadecimal. */
async function requested(
  environment: ContractEnvironment,
  type: string,
  data: BufferSource,
): Promise<string[]> {
  const session = await environment.createSession();
  const log = new EventLog(session);
  await session.generateRequest(type, data);
  const { message } = await log.message();
  const { kids } = readMessage(message) as { kids: string[] };
  return kids.map(hexOfBase64url);
}

function hexOfBase64url(value: string): string {
  const binary = atob(value.replaceAll('-', '+').replaceAll('_', '/'));
  return toHex(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

async function refuses(
  environment: ContractEnvironment,
  type: string,
  cases: Readonly<Record<string, BufferSource>>,
  errorName = 'TypeError',
): Promise<void> {
  for (const [what, data] of Object.entries(cases)) {
    const session = await environment.createSession();
    await rejects(() => session.generateRequest(type, data), errorName, what);
    equal(session.sessionId, '', `session id after ${what}`);
  }
}

const BOX = commonBox([FIRST]);

const INVALID_BOXES: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  text: text('this is not a box at all, but it is long enough for one'),
  'a single byte': fromHex('00'),
  'a truncated box': BOX.slice(0, -1),
  'a box and a half': concat(BOX, BOX.subarray(0, 20)),
  'a box that claims more than there is': concat(uint32(BOX.length + 16), BOX.subarray(4)),
  'a box of another type': concat(BOX.subarray(0, 4), text('free'), BOX.subarray(8)),
};

const INVALID_LISTS = Object.fromEntries(
  [
    'nonsense',
    'null',
    '[]',
    '{}',
    '{"kids":{}}',
    '{"kids":"EAAAAAAAAAAAAAAAAAAAAQ"}',
    '{"kids":[1]}',
    '{"kids":[""]}',
    '{"kids":["not base64url!"]}',
    '{"kids":["EAAAAAAAAAAAAAAAAAAAAQ=="]}',
    '{"KIDS":["EAAAAAAAAAAAAAAAAAAAAQ"]}',
    '{"kids":["EAAAAAAAAAAAAAAAAAAAAQ"]',
  ].map((data) => [data, text(data)]),
);

/** A contract for each of the data, which must be refused. */
function refusals(
  type: string,
  cases: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
): Record<string, Run> {
  return Object.fromEntries(
    Object.entries(cases).map(([what, data]): [string, Run] => [
      `a request for ${type} by ${what} is refused`,
      (environment) => refuses(environment, type, { [what]: data }),
    ]),
  );
}

export const generateRequestContracts = [
  ...contracts('generateRequest()', {
    'a request without arguments is refused, by a promise': async (environment) => {
      for (const parameters of [
        [],
        ['keyids'],
        ['keyids', null],
        ['keyids', 'data'],
        ['keyids', 1],
        ['keyids', {}],
      ]) {
        const session = await environment.createSession();
        await rejects(() => call(session, ...parameters), 'TypeError', `${parameters.length} arguments`);
      }
    },
    'a request without type or data is refused': async (environment) => {
      await refuses(environment, '', { 'empty type': REQUEST });
      await refuses(environment, 'keyids', {
        'empty array': new Uint8Array(),
        'empty buffer': new ArrayBuffer(0),
      });
    },
    'an unknown initialization data type is not supported': async (environment) => {
      for (const type of ['unheard-of', 'KEYIDS', 'Cenc', ' keyids']) {
        await refuses(environment, type, { [`type "${type}"`]: REQUEST }, 'NotSupportedError');
      }
    },
    'the promise is fulfilled with undefined': async (environment) => {
      const session = await environment.createSession();
      equal(await session.generateRequest('keyids', REQUEST), undefined, 'value');
    },
    'a session makes one request': async (environment) => {
      const { session } = await environment.openSession();
      await rejects(() => session.generateRequest('keyids', REQUEST), 'InvalidStateError', 'second request');
    },
    'a session makes one request, also while that is under way': async (environment) => {
      const session = await environment.createSession();
      const first = session.generateRequest('keyids', REQUEST);
      await rejects(() => session.generateRequest('keyids', REQUEST), 'InvalidStateError', 'second request');
      await first;
    },
    'a request that was refused has used the session up': async (environment) => {
      for (const [type, data] of [
        ['', REQUEST],
        ['keyids', new Uint8Array()],
        ['unheard-of', REQUEST],
        ['keyids', text('nonsense')],
      ] as const) {
        const session = await environment.createSession();
        await session.generateRequest(type, data).catch(() => {});
        await rejects(
          () => session.generateRequest('keyids', REQUEST),
          'InvalidStateError',
          `request after type "${type}" with ${data.length} bytes`,
        );
      }
    },
    'a request that is no call at all has not used the session up': async (environment) => {
      const session = await environment.createSession();
      await rejects(() => call(session, 'keyids'), 'TypeError', 'one argument');
      await session.generateRequest('keyids', REQUEST);
    },
    'a closed session makes no request': async (environment) => {
      const { session } = await environment.openSession();
      await session.close();
      await rejects(() => session.generateRequest('keyids', REQUEST), 'InvalidStateError', 'request');
    },
    'initialization data are read at the time of the call': async (environment) => {
      const session = await environment.createSession();
      const log = new EventLog(session);
      const data = REQUEST.slice();
      const request = session.generateRequest('keyids', data);
      data.fill(0);
      await request;
      const { message } = await log.message();
      equal(readMessage(message), { kids: [base64url(fromHex(FIRST))], type: 'temporary' }, 'message');
    },
    'initialization data may be a buffer, an array or a view of a part': async (environment) => {
      const padded = concat(text('before'), REQUEST, text('after'));
      const parts = [
        REQUEST.buffer,
        REQUEST,
        new DataView(REQUEST.buffer),
        padded.subarray(6, 6 + REQUEST.length),
        new DataView(padded.buffer, 6, REQUEST.length),
      ];
      for (const data of parts) {
        equal(await requested(environment, 'keyids', data), [FIRST], 'key ids');
      }
    },
    'the session has its id when the promise is fulfilled, and not before': async (environment) => {
      const session = await environment.createSession();
      const request = session.generateRequest('keyids', REQUEST);
      equal(session.sessionId, '', 'session id before');
      await request;
      equal(session.sessionId.length > 0, true, 'has a session id after');
    },
    'sessions have different ids': async (environment) => {
      const mediaKeys = await environment.createMediaKeys();
      const ids = new Set<string>();
      for (let count = 0; count < 4; count += 1) {
        ids.add((await environment.openSession({ mediaKeys })).session.sessionId);
      }
      ids.add((await environment.openSession()).session.sessionId);
      equal(ids.size, 5, 'different ids');
    },
    'a request gives no keys': async (environment) => {
      const { session, log } = await environment.openSession();
      equal(session.keyStatuses.size, 0, 'size of keyStatuses');
      equal(session.expiration, Number.NaN, 'expiration');
      equal(log.entries, ['message license-request'], 'events');
    },
  }),
  ...contracts('Queue a "message" Event', {
    'the message comes after the promise is fulfilled': async (environment) => {
      const session = await environment.createSession();
      const log = new EventLog(session);
      await log.track('fulfilled', session.generateRequest('keyids', REQUEST));
      await log.message();
      equal(log.entries, ['fulfilled', 'message license-request'], 'order');
    },
    'the message is a license request in a buffer': async (environment) => {
      const { session, log } = await environment.openSession();
      const event = await log.message();
      equal([event.type, event.messageType], ['message', 'license-request'], 'types');
      equal(Object.prototype.toString.call(event.message), '[object ArrayBuffer]', 'class of the message');
      equal([event.bubbles, event.cancelable], [false, false], 'bubbles and cancelable');
      equal(event.target === session, true, 'target is the session');
    },
    'the session has its id when the message comes': async (environment) => {
      const session = await environment.createSession();
      const seen = new Promise<string>((resolve) =>
        session.addEventListener('message', () => resolve(session.sessionId), { once: true }),
      );
      await session.generateRequest('keyids', REQUEST);
      equal(await seen, session.sessionId, 'session id at the message');
    },
    'one request makes one message': async (environment) => {
      const { mediaKeys, log } = await environment.openSession();
      await environment.settle(mediaKeys);
      equal(log.messages.length, 1, 'messages');
    },
  }),
  ...contracts('Clear Key: License Request Format', {
    'the request names the key ids and the type of the session, and nothing else': async (environment) => {
      const { log } = await environment.openSession({ keys: KEYS });
      const { message } = await log.message();
      equal(
        readMessage(message),
        { kids: KEYS.map(({ keyId }) => base64url(fromHex(keyId))), type: 'temporary' },
        'request',
      );
    },
    'key ids are in base64url without padding': async (environment) => {
      const { log } = await environment.openSession({
        keys: [{ ...KEYS[0], keyId: 'fbefffbefffbefffbefffbefffbefffb' }],
      });
      const { kids } = readMessage((await log.message()).message) as { kids: string[] };
      equal(kids, ['--__vv_77_--__vv_77_-w'], 'kids');
    },
  }),
  ...contracts('Clear Key: Behavior', {
    'the session id is a number of 32 bits': async (environment) => {
      const { session } = await environment.openSession();
      const id = Number(session.sessionId);
      equal(
        /^\d+$/.test(session.sessionId) && Number.isInteger(id) && id < 2 ** 32,
        true,
        'session id is a number of 32 bits',
      );
    },
  }),
  ...contracts('Initialization Data Type: cenc', {
    'a box of the common system names the key ids': async (environment) => {
      equal(await requested(environment, 'cenc', commonBox([FIRST])), [FIRST], 'one key id');
      equal(await requested(environment, 'cenc', commonBox([THIRD, FIRST])), [THIRD, FIRST], 'two key ids');
    },
    'boxes of other systems are passed over': async (environment) => {
      const [foreign, common] = [foreignBox(), commonBox([SECOND])];
      equal(await requested(environment, 'cenc', concat(foreign, common)), [SECOND], 'foreign box first');
      equal(await requested(environment, 'cenc', concat(common, foreign)), [SECOND], 'foreign box last');
    },
    'boxes of other systems alone are not supported': async (environment) => {
      await refuses(environment, 'cenc', { 'foreign box': foreignBox() }, 'NotSupportedError');
    },
    ...refusals('cenc', INVALID_BOXES),
  }),
  ...contracts('Initialization Data Type: keyids', {
    'every key id is asked for, in order': async (environment) => {
      equal(
        await requested(environment, 'keyids', keyIdsData([THIRD, FIRST, SECOND])),
        [THIRD, FIRST, SECOND],
        'key ids',
      );
    },
    ...refusals('keyids', INVALID_LISTS),
  }),
  ...contracts('Initialization Data Type: webm', {
    'the data are the key id': async (environment) => {
      equal(await requested(environment, 'webm', fromHex(SECOND)), [SECOND], 'key id');
    },
    'a key id of another length is a key id': async (environment) => {
      equal(await requested(environment, 'webm', fromHex('0102030405')), ['0102030405'], 'key id');
    },
    'a key id of more than 512 bytes is refused': async (environment) => {
      await refuses(environment, 'webm', { '513 bytes': new Uint8Array(513).fill(1) });
    },
  }),
  ...contracts('generateRequest(): sanitizing', {
    'initialization data of more than 64 KiB are refused': async (environment) => {
      const ids = Array.from({ length: MAXIMUM_BYTES / 16 + 1 }, () => FIRST);
      await refuses(environment, 'cenc', { cenc: commonBox(ids) });
      await refuses(environment, 'webm', { webm: new Uint8Array(MAXIMUM_BYTES + 1).fill(1) });
    },
  }),
];
