import { contracts, type ContractStep, type Run } from '../contract-test.js';
import type { ContractEnvironment } from '../page/contract-environment.js';
import { KEYS, license, toHex } from '../page/clear-key.js';
import { EventLog } from '../page/event-log.js';
import { equal, rejects, within } from '../page/expectations.js';
import { keyIdsData } from '../page/initialization-data.js';

const [FIRST, SECOND] = KEYS;
const PERSISTENT = { needs: ['persistent-license'] } as const;

function statusesOf({ keyStatuses }: MediaKeySession): Record<string, string> {
  const statuses: Record<string, string> = {};
  keyStatuses.forEach((status, keyId) => {
    statuses[toHex(keyId)] = status;
  });
  return statuses;
}

function createPersistentSession(environment: ContractEnvironment): Promise<MediaKeySession> {
  return environment.createSession({ type: 'persistent-license' });
}

/** An id that a session could have, but none has: those of Clear Key are numbers of 32 bits. */
const UNUSED_ID = '4294967291';

/** Stores a license in one document, and does the rest in another. */
function inAnotherDocument(where: ContractStep['where'], then: Run): ContractStep[] {
  return [
    {
      where: 'page',
      run: async (environment, memory) => {
        memory['sessionId'] = await environment.storeLicense([FIRST, SECOND]);
      },
    },
    { where, run: then },
  ];
}

async function expectLoad(
  environment: ContractEnvironment,
  sessionId: string,
  found: boolean,
): Promise<void> {
  const loaded = await environment.loadSession(sessionId);
  equal(loaded.found, found, 'found');
  equal(
    statusesOf(loaded.session),
    found ? { [FIRST.keyId]: 'usable', [SECOND.keyId]: 'usable' } : {},
    'key statuses',
  );
}

const idOf = (memory: Record<string, string>) => memory['sessionId'] ?? '';

export const loadContracts = [
  ...contracts('load()', {
    'a temporary session loads nothing': async (environment) => {
      const session = await environment.createSession();
      await rejects(() => session.load('1'), 'TypeError', 'load()');
      await rejects(() => session.load('1'), 'InvalidStateError', 'load() again');
    },
    'a session that made a request loads nothing': async (environment) => {
      const { session } = await environment.openSession();
      await rejects(() => session.load('1'), 'InvalidStateError', 'load()');
    },
    'nothing is loaded by an empty id': async (environment) => {
      const session = await environment.createSession();
      await rejects(() => session.load(''), 'TypeError', 'load()');
      await rejects(
        () => session.generateRequest('keyids', keyIdsData([FIRST.keyId])),
        'InvalidStateError',
        'generateRequest() afterwards',
      );
    },
    'nothing is loaded without an id': async (environment) => {
      const session = await environment.createSession();
      await rejects(() => Reflect.apply(session.load.bind(session), session, []), 'TypeError', 'load()');
      await session.generateRequest('keyids', keyIdsData([FIRST.keyId]));
    },
  }),
  ...contracts(
    'load()',
    {
      'nothing is loaded by an empty id, in a persistent session either': async (environment) => {
        const session = await createPersistentSession(environment);
        await rejects(() => session.load(''), 'TypeError', 'load()');
        await rejects(() => session.load('1'), 'InvalidStateError', 'load() again');
      },
      'an id that no session has is not found': async (environment) => {
        const session = await createPersistentSession(environment);
        equal(await session.load(UNUSED_ID), false, 'found');
        equal(session.keyStatuses.size, 0, 'size of keyStatuses');
      },
      'a session that found nothing has no id': async (environment) => {
        const session = await createPersistentSession(environment);
        await session.load(UNUSED_ID);
        equal(session.sessionId, '', 'session id');
      },
      'a session that found nothing cannot be used': async (environment) => {
        const session = await createPersistentSession(environment);
        equal(await session.load(UNUSED_ID), false, 'found');
        await rejects(() => session.load('1'), 'InvalidStateError', 'load()');
        await rejects(() => session.update(license([FIRST])), 'InvalidStateError', 'update()');
        await rejects(() => session.remove(), 'InvalidStateError', 'remove()');
        await rejects(() => session.close(), 'InvalidStateError', 'close()');
      },
      'an id that no session can have is refused': async (environment) => {
        for (const sessionId of ['!!', '12 34', '../..', '\u2620', '1\u0000', '1'.repeat(1000)]) {
          const session = await createPersistentSession(environment);
          await rejects(
            () => session.load(sessionId),
            'TypeError',
            `load(${JSON.stringify(sessionId.slice(0, 8))})`,
          );
        }
      },
      'a session loads once, also while that is under way': async (environment) => {
        const sessionId = await environment.storeLicense();
        const session = await createPersistentSession(environment);
        const first = session.load(sessionId);
        await rejects(() => session.load(sessionId), 'InvalidStateError', 'load() again');
        await rejects(
          () => session.generateRequest('keyids', keyIdsData([FIRST.keyId])),
          'InvalidStateError',
          'generateRequest()',
        );
        equal(await first, true, 'found');
      },
      'a session that is loading takes no update and cannot be closed': async (environment) => {
        const session = await createPersistentSession(environment);
        const loading = session.load(await environment.storeLicense());
        // All at once, before it can have loaded.
        await Promise.all([
          rejects(() => session.close(), 'InvalidStateError', 'close()'),
          rejects(() => session.remove(), 'InvalidStateError', 'remove()'),
          rejects(() => session.update(license([FIRST])), 'InvalidStateError', 'update()'),
          loading,
        ]);
      },
      'a stored license is found, and its keys are usable': async (environment) => {
        const sessionId = await environment.storeLicense([FIRST, SECOND]);
        const { session, found } = await environment.loadSession(sessionId);
        equal(found, true, 'found');
        equal(session.sessionId, sessionId, 'session id');
        equal(statusesOf(session), { [FIRST.keyId]: 'usable', [SECOND.keyId]: 'usable' }, 'key statuses');
        equal(session.expiration, Number.NaN, 'expiration');
      },
      'the promise of load() is fulfilled before the event of its keys': async (environment) => {
        const sessionId = await environment.storeLicense();
        const session = await createPersistentSession(environment);
        const log = new EventLog(session);
        await log.track('fulfilled', session.load(sessionId));
        await log.until('keystatuseschange');
        equal(log.entries, ['fulfilled', 'keystatuseschange'], 'order');
      },
      'a license that is loaded sends no message': async (environment) => {
        const { mediaKeys, log } = await environment.loadSession(await environment.storeLicense());
        await log.until('keystatuseschange');
        await environment.settle(mediaKeys);
        equal(log.entries, ['keystatuseschange'], 'events');
      },
      'a session without a license is not stored': async (environment) => {
        const { session } = await environment.openSession({ type: 'persistent-license' });
        const { sessionId } = session;
        await session.close();
        await within(session.closed, 'closed');
        // More than once, in case it takes a while until it is stored after all.
        for (let times = 0; times < 5; times += 1) {
          equal((await environment.loadSession(sessionId)).found, false, 'found');
        }
      },
      'a license can be loaded as often as it is closed': async (environment) => {
        const sessionId = await environment.storeLicense();
        for (let times = 0; times < 3; times += 1) {
          const { session, found } = await environment.loadSession(sessionId);
          equal([found, session.keyStatuses.size], [true, 1], 'found, size');
          await session.close();
          await within(session.closed, 'closed');
        }
      },
      'a license that is open cannot be loaded': async (environment) => {
        const { session } = await environment.openLicensedSession({ type: 'persistent-license' });
        await rejects(() => environment.loadSession(session.sessionId), 'QuotaExceededError', 'load()');
        await session.close();
        await within(session.closed, 'closed');
        equal((await environment.loadSession(session.sessionId)).found, true, 'found when closed');
      },
      'a license that was loaded cannot be loaded beside it': async (environment) => {
        const sessionId = await environment.storeLicense();
        const { session, mediaKeys } = await environment.loadSession(sessionId);
        await rejects(() => environment.loadSession(sessionId), 'QuotaExceededError', 'load()');
        const sibling = await environment.createSession({ type: 'persistent-license', mediaKeys });
        await rejects(() => sibling.load(sessionId), 'QuotaExceededError', 'load() by the same media keys');
        await session.close();
      },
      'an open session without a license cannot be loaded either': async (environment) => {
        const { session } = await environment.openSession({ type: 'persistent-license' });
        await rejects(() => environment.loadSession(session.sessionId), 'QuotaExceededError', 'load()');
      },
      'a session that could not load for another that is open cannot be used': async (environment) => {
        const { session: holder } = await environment.openLicensedSession({ type: 'persistent-license' });
        const session = await createPersistentSession(environment);
        await rejects(() => session.load(holder.sessionId), 'QuotaExceededError', 'load()');
        equal(session.sessionId, '', 'session id');
        await rejects(() => session.load(holder.sessionId), 'InvalidStateError', 'load() again');
      },
      'a license that is open in one frame cannot be loaded in another': async (environment) => {
        const frame = await environment.openFrame();
        const { session } = await frame.openLicensedSession({ type: 'persistent-license' });
        await rejects(() => environment.loadSession(session.sessionId), 'QuotaExceededError', 'load()');
        await session.close();
        await within(session.closed, 'closed');
        equal((await environment.loadSession(session.sessionId)).found, true, 'found when closed');
      },
      'licenses are kept apart': async (environment) => {
        const [one, other] = [
          await environment.storeLicense([FIRST]),
          await environment.storeLicense([SECOND]),
        ];
        equal(one === other, false, 'the same session id');
        equal(
          statusesOf((await environment.loadSession(one)).session),
          { [FIRST.keyId]: 'usable' },
          'key statuses of the first',
        );
        equal(
          statusesOf((await environment.loadSession(other)).session),
          { [SECOND.keyId]: 'usable' },
          'key statuses of the second',
        );
      },
      'a license that is loaded takes more keys, and keeps them': async (environment) => {
        const sessionId = await environment.storeLicense([FIRST]);
        const { session } = await environment.loadSession(sessionId);
        await session.update(license([SECOND], 'persistent-license'));
        await session.close();
        await within(session.closed, 'closed');
        await expectLoad(environment, sessionId, true);
      },
      'ids of persistent sessions are not used again': [
        {
          where: 'page',
          run: async (environment, memory) => {
            const ids = [await environment.storeLicense(), await environment.storeLicense()];
            const { session } = await environment.openSession({ type: 'persistent-license' });
            ids.push(session.sessionId);
            await session.close();
            memory['ids'] = ids.join();
          },
        },
        {
          where: 'reloaded-page',
          run: async (environment, memory) => {
            const used = new Set(memory['ids']?.split(','));
            for (let times = 0; times < 3; times += 1) {
              const { session } = await environment.openSession({ type: 'persistent-license' });
              equal(used.has(session.sessionId), false, 'session id was used before');
              used.add(session.sessionId);
            }
          },
        },
      ],
      'a license is found after a reload': inAnotherDocument('reloaded-page', async (environment, memory) => {
        await expectLoad(environment, idOf(memory), true);
      }),
      'a license is found in another tab': inAnotherDocument('other-tab', async (environment, memory) => {
        await expectLoad(environment, idOf(memory), true);
      }),
      'a license is not found by another origin': inAnotherDocument(
        'other-origin',
        async (environment, memory) => {
          await expectLoad(environment, idOf(memory), false);
        },
      ),
      'a license that is open in one tab cannot be loaded in another': [
        {
          where: 'page',
          run: async (environment, memory) => {
            const { session } = await environment.openLicensedSession({ type: 'persistent-license' });
            memory['sessionId'] = session.sessionId;
          },
        },
        {
          where: 'other-tab',
          run: async (environment, memory) => {
            await rejects(() => environment.loadSession(idOf(memory)), 'QuotaExceededError', 'load()');
          },
        },
      ],
      'a license that is open on a page is free after its reload': [
        {
          where: 'page',
          run: async (environment, memory) => {
            const { session } = await environment.openLicensedSession({
              type: 'persistent-license',
              keys: [FIRST, SECOND],
            });
            memory['sessionId'] = session.sessionId;
          },
        },
        {
          where: 'reloaded-page',
          run: async (environment, memory) => {
            await expectLoad(environment, idOf(memory), true);
          },
        },
      ],
    },
    PERSISTENT,
  ),
];
