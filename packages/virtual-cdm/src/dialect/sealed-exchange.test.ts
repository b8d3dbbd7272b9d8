import {
  createIdentity,
  ENVELOPES,
  keyIdToBytes,
  SYSTEM_IDS,
  testRoot,
  toBase64,
  toHex,
  writePsshBox,
  writeWidevinePsshData,
  type SealedSystem,
} from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';

import { fairplay } from '../system/fairplay.js';
import { playready } from '../system/playready.js';
import { widevine } from '../system/widevine.js';
import type { VirtualSessionType, VirtualSystem } from '../system/virtual-system.js';
import { keyIdsInitData, toJson } from '../testing/clear-key.js';
import { contentKey, SealedServer, type ServerPolicy } from '../testing/sealed-server.js';
import { SessionWatch, setupCdm, statusesOf } from '../testing/setup-cdm.js';

const FIRST = '00112233445566778899aabbccddeeff';
const SECOND = '0f1e2d3c4b5a69788796a5b4c3d2e1f1';

const SYSTEMS: readonly [SealedSystem, (overrides?: Partial<VirtualSystem>) => VirtualSystem][] = [
  ['widevine', (overrides) => widevine(overrides)],
  ['playready', (overrides) => playready(overrides)],
  ['fairplay', (overrides) => fairplay(overrides)],
];

function initDataFor(system: SealedSystem): [type: string, bytes: Uint8Array<ArrayBuffer>] {
  const keyIds = [FIRST, SECOND];
  if (system === 'widevine') {
    return ['cenc', writePsshBox({ systemId: SYSTEM_IDS.widevine, data: writeWidevinePsshData({ keyIds }) })];
  }
  return ['cenc', writePsshBox({ systemId: SYSTEM_IDS[system], keyIds })];
}

async function setup(
  system: SealedSystem,
  description: VirtualSystem,
  type: VirtualSessionType = 'temporary',
) {
  const server = await SealedServer.create(system);
  const test = setupCdm(description);
  const mediaKeys = await test.mediaKeys(type);
  if (description.serverCertificate === 'required') await mediaKeys.setServerCertificate(server.certificate);
  const session = mediaKeys.createSession(type);
  const watch = new SessionWatch(session);

  /** Answers messages as they come, until there are none. */
  const converse = async (rules: ServerPolicy = {}) => {
    for (let answered = 0; ; answered += 1) {
      await test.cdm.settled();
      const message = watch.messages[answered];
      if (!message) return;
      await session.update(await server.answer(message.message, rules));
    }
  };
  return { ...test, server, mediaKeys, session, watch, converse };
}

describe.each(SYSTEMS)('%s', (name, describeSystem) => {
  it('gets its keys from a license server, and none of them is seen on the way', async () => {
    const { session, server, watch, converse, cdm } = await setup(name, describeSystem());
    await session.generateRequest(...initDataFor(name));
    await converse();

    expect(statusesOf(session)).toEqual({ [FIRST]: 'usable', [SECOND]: 'usable' });
    expect([...cdm.usableKeyIds].sort()).toEqual([FIRST, SECOND]);
    const wire = [...watch.messages.map(({ message }) => message), await server.answer(watch.lastMessage)];
    for (const bytes of wire) {
      for (const keyId of [FIRST, SECOND]) {
        expect(toHex(new Uint8Array(bytes))).not.toContain(toHex(contentKey(keyId)));
        expect(latin1(bytes)).not.toContain(toBase64(contentKey(keyId)));
      }
    }
  });

  it('refuses the same license a second time', async () => {
    const { session, server, watch, cdm } = await setup(
      name,
      describeSystem({ serverCertificate: 'optional' }),
    );
    await session.generateRequest(...initDataFor(name));
    await cdm.settled();
    const license = await server.answer(watch.lastMessage);
    await session.update(license);

    await expect(session.update(license)).rejects.toThrow(TypeError);
  });

  it('refuses a license for another session, and one for another device', async () => {
    const { session, server, watch, cdm, mediaKeys } = await setup(
      name,
      describeSystem({ serverCertificate: 'optional' }),
    );
    const other = mediaKeys.createSession();
    await session.generateRequest(...initDataFor(name));
    await other.generateRequest(...initDataFor(name));
    await cdm.settled();
    const license = await server.answer(watch.lastMessage);
    await expect(other.update(license)).rejects.toThrow(TypeError);

    const stranger = await setup(name, describeSystem({ serverCertificate: 'optional' }));
    await stranger.session.generateRequest(...initDataFor(name));
    await stranger.cdm.settled();
    await expect(stranger.session.update(license)).rejects.toThrow(TypeError);
    expect(stranger.session.keyStatuses.size).toBe(0);
  });

  it('refuses a license with any bit of its sealed part turned', async () => {
    const { session, server, watch, cdm } = await setup(
      name,
      describeSystem({ serverCertificate: 'optional' }),
    );
    await session.generateRequest(...initDataFor(name));
    await cdm.settled();
    const license = await server.answer(watch.lastMessage);
    const { body, signature, type } = ENVELOPES[name].readResponse(license);

    for (const place of [0, 0.2, 0.4, 0.6, 0.8]) {
      for (const part of [body, signature]) {
        const index = Math.floor(part.length * place);
        part[index] = (part[index] ?? 0) ^ 0x04;
        const broken = ENVELOPES[name].writeResponse({ type, body, signature });
        await expect(session.update(broken)).rejects.toThrow(TypeError);
        part[index] = (part[index] ?? 0) ^ 0x04;
      }
    }
    await session.update(license);
    expect(session.keyStatuses.size).toBe(2);
  });

  it('refuses a license from a server that the root knows nothing of', async () => {
    const { session, watch, cdm } = await setup(name, describeSystem({ serverCertificate: 'optional' }));
    await session.generateRequest(...initDataFor(name));
    await cdm.settled();
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ]);
    const stranger = await SealedServer.create(name, keys, { trusts: (await testRoot()).publicKey });

    await expect(session.update(await stranger.answer(watch.lastMessage))).rejects.toThrow(TypeError);
    expect(session.keyStatuses.size).toBe(0);
  });

  it('takes one of two calls with the same license', async () => {
    const { session, server, watch, cdm } = await setup(
      name,
      describeSystem({ serverCertificate: 'optional' }),
    );
    await session.generateRequest(...initDataFor(name));
    await cdm.settled();
    const license = await server.answer(watch.lastMessage);

    const outcomes = await Promise.allSettled([session.update(license), session.update(license)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('takes no server certificate that it has not asked for, and none of a device', async () => {
    const { session, server, mediaKeys, cdm } = await setup(
      name,
      describeSystem({ serverCertificate: 'optional' }),
    );
    await mediaKeys.setServerCertificate(server.certificate);
    await session.generateRequest(...initDataFor(name));
    await cdm.settled();
    const other = await SealedServer.create(name);
    const unasked = ENVELOPES[name].writeResponse({
      type: 'service-certificate',
      body: other.certificate,
      signature: new Uint8Array(),
    });
    await expect(session.update(unasked)).rejects.toThrow(TypeError);

    const asking = await setup(name, describeSystem({ serverCertificate: 'on-request' }));
    await asking.session.generateRequest(...initDataFor(name));
    await asking.cdm.settled();
    const device = await createIdentity({
      authority: await testRoot(),
      role: 'device',
      securityLevel: 'software',
    });
    const answer = ENVELOPES[name].writeResponse({
      type: 'service-certificate',
      body: Uint8Array.from(device.certificate),
      signature: new Uint8Array(),
    });
    await expect(asking.session.update(answer)).rejects.toThrow(TypeError);
    await asking.converse();
    expect(asking.session.keyStatuses.size).toBe(2);
  });

  it('refuses a license that comes too late', async () => {
    const { session, server, watch, cdm, advance } = await setup(
      name,
      describeSystem({ serverCertificate: 'optional' }),
    );
    await session.generateRequest(...initDataFor(name));
    await cdm.settled();
    const license = await server.answer(watch.lastMessage);
    await advance(601);

    await expect(session.update(license)).rejects.toThrow(/out of date/);
  });

  it('asks for a renewal under the same license, and takes it', async () => {
    const { session, server, watch, cdm, advance } = await setup(
      name,
      describeSystem({ serverCertificate: 'optional' }),
    );
    const policy = { licenseDurationSeconds: 60, renewal: { delaySeconds: 40 } };
    await session.generateRequest(...initDataFor(name));
    await cdm.settled();
    await session.update(await server.answer(watch.lastMessage, { policy }));
    const firstEnd = session.expiration;

    await advance(40);
    expect(watch.events.at(-1)).toBe('license-renewal');
    await session.update(await server.answer(watch.lastMessage, { policy }));
    await cdm.settled();

    expect(server.requests.map(({ type, licenseId }) => [type, licenseId])).toEqual([
      ['license-request', undefined],
      ['license-renewal', `license of ${session.sessionId}`],
    ]);
    expect(session.expiration).toBe(firstEnd + 40_000);
  });

  it('stores a license, and gives it back against an acknowledgement', async () => {
    const { session, server, watch, cdm, mediaKeys } = await setup(
      name,
      describeSystem({ serverCertificate: 'optional' }),
      'persistent-license',
    );
    await session.generateRequest(...initDataFor(name));
    await cdm.settled();
    await session.update(await server.answer(watch.lastMessage, { policy: { canPersist: true } }));
    const { sessionId } = session;
    await session.close();

    const loaded = mediaKeys.createSession('persistent-license');
    const second = new SessionWatch(loaded);
    expect(await loaded.load(sessionId)).toBe(true);
    expect(statusesOf(loaded)).toEqual({ [FIRST]: 'usable', [SECOND]: 'usable' });
    await loaded.remove();
    await cdm.settled();
    expect(second.events.at(-1)).toBe('license-release');
    await loaded.update(await server.answer(second.lastMessage));
    expect(await loaded.closed).toBe('release-acknowledged');
    expect(await mediaKeys.createSession('persistent-license').load(sessionId)).toBe(false);
  });

  it('refuses to store what may not be stored', async () => {
    const { session, server, watch, cdm } = await setup(
      name,
      describeSystem({ serverCertificate: 'optional' }),
      'persistent-license',
    );
    await session.generateRequest(...initDataFor(name));
    await cdm.settled();

    await expect(session.update(await server.answer(watch.lastMessage))).rejects.toThrow(TypeError);
  });

  it('has its device certified online first, where it has none from the factory', async () => {
    const { session, watch, converse } = await setup(
      name,
      describeSystem({ provisioning: 'online', serverCertificate: 'optional' }),
    );
    await session.generateRequest(...initDataFor(name));
    await converse();

    expect(watch.events.filter((event) => event !== 'keystatuseschange')).toEqual([
      'individualization-request',
      'license-request',
    ]);
    expect(session.keyStatuses.size).toBe(2);
  });

  it.each(['temporary', 'persistent-license'] as const)(
    'has two sessions of type %s certified at the same time',
    async (type) => {
      const online = describeSystem({ provisioning: 'online', serverCertificate: 'optional' });
      const { session, server, watch, cdm, mediaKeys } = await setup(name, online, type);
      const other = mediaKeys.createSession(type);
      const otherWatch = new SessionWatch(other);
      const rules = { policy: { canPersist: type === 'persistent-license' } };
      await session.generateRequest(...initDataFor(name));
      await other.generateRequest(...initDataFor(name));
      await cdm.settled();
      const answers = [await server.answer(watch.lastMessage), await server.answer(otherWatch.lastMessage)];
      await session.update(answers[0]);
      await cdm.settled();
      const license = await server.answer(watch.lastMessage, rules);
      await other.update(answers[1]);
      await cdm.settled();
      await session.update(license);
      await other.update(await server.answer(otherWatch.lastMessage, rules));

      expect([session.keyStatuses.size, other.keyStatuses.size]).toEqual([2, 2]);
    },
  );

  it('refuses a server certificate that is none', async () => {
    const { mediaKeys } = await setup(name, describeSystem({ serverCertificate: 'optional' }));

    await expect(mediaKeys.setServerCertificate(new Uint8Array())).rejects.toThrow(TypeError);
    await expect(mediaKeys.setServerCertificate(Uint8Array.of(1, 2, 3))).rejects.toThrow(TypeError);
  });
});

describe('server certificates', () => {
  it('Widevine asks for one with the two bytes that players know, and not where the page has set one', async () => {
    const asking = await setup('widevine', widevine());
    await asking.session.generateRequest(...initDataFor('widevine'));
    await asking.converse();
    expect([...new Uint8Array(asking.watch.messages[0]?.message ?? new ArrayBuffer())]).toEqual([8, 4]);
    expect(asking.watch.messages).toHaveLength(2);

    const given = await setup('widevine', widevine());
    expect(await given.mediaKeys.setServerCertificate(given.server.certificate)).toBe(true);
    await given.session.generateRequest(...initDataFor('widevine'));
    await given.converse();
    expect(given.watch.messages).toHaveLength(1);
  });

  it('FairPlay fails without one', async () => {
    const test = setupCdm(fairplay());
    const mediaKeys = await test.mediaKeys();

    await expect(mediaKeys.createSession().generateRequest(...initDataFor('fairplay'))).rejects.toMatchObject(
      {
        name: 'InvalidStateError',
      },
    );
  });
});

it('Widevine leaves init data that names the content alone to the server', async () => {
  const { session, server, watch, cdm } = await setup(
    'widevine',
    widevine({ serverCertificate: 'optional' }),
  );
  const contentId = new TextEncoder().encode('film-1');
  const data = writeWidevinePsshData({ keyIds: [], contentId });
  await session.generateRequest('cenc', writePsshBox({ systemId: SYSTEM_IDS.widevine, data }));
  await cdm.settled();
  await session.update(await server.answer(watch.lastMessage, { extraKeyIds: [FIRST] }));

  expect(server.requests[0]).toMatchObject({ keyIds: [], contentId: 'film-1' });
  expect(statusesOf(session)).toEqual({ [FIRST]: 'usable' });
});

describe('what a sealed message has no place for is not supported:', () => {
  const manyKeyIds = Array.from({ length: 257 }, (_, index) => index.toString(16).padStart(32, '0'));
  const longContentId = new Uint8Array(4097).fill(0x61);
  const open = async (describeSystem: VirtualSystem, initDataType: string, initData: Uint8Array) => {
    const { session } = await setup(describeSystem.dialect as SealedSystem, describeSystem);
    return session.generateRequest(initDataType, initData);
  };

  it.each<[what: string, initDataType: string, initData: Uint8Array]>([
    ['a key id of WebM that is not 16 bytes', 'webm', Uint8Array.of(1, 2, 3)],
    ['one such among key ids', 'keyids', keyIdsInitData(FIRST, '010203')],
    ['over 256 key ids', 'cenc', writePsshBox({ systemId: SYSTEM_IDS.common, keyIds: manyKeyIds })],
    [
      'a long content id',
      'cenc',
      writePsshBox({
        systemId: SYSTEM_IDS.widevine,
        data: writeWidevinePsshData({ keyIds: [FIRST], contentId: longContentId }),
      }),
    ],
  ])('%s', async (_, initDataType, initData) => {
    const description = widevine({
      serverCertificate: 'optional',
      initDataTypes: ['cenc', 'keyids', 'webm'],
    });

    await expect(open(description, initDataType, initData)).rejects.toMatchObject({
      name: 'NotSupportedError',
    });
  });

  it('a long skd URI', async () => {
    const uri = new TextEncoder().encode(`skd://${'a'.repeat(4097)}`);

    await expect(open(fairplay(), 'skd', uri)).rejects.toMatchObject({ name: 'NotSupportedError' });
  });
});

describe('FairPlay', () => {
  it.each(['skd://00112233-4455-6677-8899-aabbccddeeff', `skd://${FIRST}:0123456789abcdef0123456789abcdef`])(
    'reads the key id of %s',
    async (uri) => {
      const { session, converse } = await setup('fairplay', fairplay());
      await session.generateRequest('skd', new TextEncoder().encode(uri));
      await converse();

      expect(statusesOf(session)).toEqual({ [FIRST]: 'usable' });
    },
  );

  it.each(['skd://asset-1', 'skd://licenses.example/films/asset-1'])(
    'leaves %s to the server',
    async (uri) => {
      const { session, server, watch, cdm } = await setup('fairplay', fairplay());
      await session.generateRequest('skd', new TextEncoder().encode(uri));
      await cdm.settled();
      await session.update(await server.answer(watch.lastMessage, { extraKeyIds: [FIRST] }));

      expect(server.requests[0]).toMatchObject({ keyIds: [], contentId: uri.slice('skd://'.length) });
      expect(statusesOf(session)).toEqual({ [FIRST]: 'usable' });
    },
  );

  it('reads the sinf boxes that WebKit hands over', async () => {
    const { session, converse } = await setup('fairplay', fairplay());
    await session.generateRequest('sinf', toJson({ sinf: [toBase64(sinf(FIRST))] }));
    await converse();

    expect(statusesOf(session)).toEqual({ [FIRST]: 'usable' });
  });

  it('renews when the page asks by the word', async () => {
    const { session, converse, watch, cdm } = await setup('fairplay', fairplay());
    await session.generateRequest(...initDataFor('fairplay'));
    await converse();

    await session.update(new TextEncoder().encode('renew'));
    await cdm.settled();
    expect(watch.messages.at(-1)?.messageType).toBe('license-renewal');
  });
});

/** `sinf { frma, schm cbcs, schi { tenc } }`, as a packager writes it. */
function sinf(keyId: string): Uint8Array {
  const text = (value: string) => [...new TextEncoder().encode(value)];
  const box = (type: string, ...content: readonly number[]) => {
    const size = content.length + 8;
    return [0, 0, size >> 8, size & 0xff, ...text(type), ...content];
  };
  const tenc = box('tenc', 1, 0, 0, 0, 0, 0x19, 1, 16, ...keyIdToBytes(keyId));
  const schm = box('schm', 0, 0, 0, 0, ...text('cbcs'), 0, 1, 0, 0);

  return Uint8Array.from(box('sinf', ...box('frma', ...text('avc1')), ...schm, ...box('schi', ...tenc)));
}

function latin1(bytes: ArrayBuffer | Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
