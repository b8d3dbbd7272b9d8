import { describe, expect, it } from 'vitest';
import { VirtualCdmError } from '../virtual-cdm-error.js';
import { clearkey } from './clearkey.js';
import { fairplay } from './fairplay.js';
import { playready } from './playready.js';
import { system, type SystemOptions } from './system.js';
import { widevine } from './widevine.js';

const KEY_ID = '00112233445566778899aabbccddeeff';
const KEY = 'ffeeddccbbaa99887766554433221100';

function errorOf(run: () => unknown): VirtualCdmError {
  try {
    run();
  } catch (error) {
    if (error instanceof VirtualCdmError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('system', () => {
  it.each([
    ['clearkey', clearkey],
    ['widevine', widevine],
    ['playready', playready],
    ['fairplay', fairplay],
  ] as const)('is like %s where nothing else is said, under its own name alone', (dialect, model) => {
    expect(system({ keySystem: 'com.example.drm', dialect })).toEqual({
      ...model(),
      keySystem: 'com.example.drm',
      aliases: [],
    });
  });

  it('serves the Clear Key dialect under any name', () => {
    expect(system({ keySystem: 'com.widevine.alpha', dialect: 'clearkey' })).toMatchObject({
      keySystem: 'com.widevine.alpha',
      dialect: 'clearkey',
      serverCertificate: 'unsupported',
    });
  });

  it('takes every member, and robustness levels of any name', () => {
    const all = {
      keySystem: 'com.example.drm',
      aliases: ['com.example.drm.1'],
      dialect: 'widevine',
      videoRobustness: ['LOW', 'HIGH'],
      audioRobustness: ['LOW'],
      securityLevel: 'hardware',
      initDataTypes: ['webm'],
      encryptionSchemes: ['cbcs'],
      sessionTypes: ['temporary'],
      distinctiveIdentifier: 'required',
      persistentState: 'required',
      serverCertificate: 'optional',
      provisioning: 'online',
      rotation: 'merged',
      rootKeys: { [KEY_ID]: KEY },
      bareMessages: true,
    } as const;

    expect(system(all)).toEqual(all);
  });

  it('takes undefined for nothing said', () => {
    const silent = { dialect: 'widevine', keySystem: 'com.example.drm', rotation: undefined } as const;

    expect(system(silent)).toEqual(system({ dialect: 'widevine', keySystem: 'com.example.drm' }));
  });
});

describe('what comes out', () => {
  it('is frozen through and through, and none of the caller’s objects', () => {
    const sessionTypes = ['temporary' as const];
    const rootKeys = { [KEY_ID]: KEY };
    const result = clearkey({ sessionTypes, rootKeys });

    expect(Object.isFrozen(result)).toBe(true);
    for (const member of Object.values(result)) expect(Object.isFrozen(member)).toBe(true);
    expect(result.sessionTypes).not.toBe(sessionTypes);
    expect(result.rootKeys).not.toBe(rootKeys);
  });

  it('is plain data, which can be sent into a page', () => {
    for (const result of [widevine(), playready(), fairplay(), clearkey()]) {
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      expect(structuredClone(result)).toEqual(result);
    }
  });

  it('has key ids and keys in lower case, however they were written', () => {
    const rootKeys = { '{00112233-4455-6677-8899-AABBCCDDEEFF}': KEY.toUpperCase() };

    expect(widevine({ rootKeys }).rootKeys).toEqual({ [KEY_ID]: KEY });
  });

  it('has no alias that is its name', () => {
    const keySystem = 'com.microsoft.playready.recommendation';

    expect(playready({ keySystem })).toMatchObject({ keySystem, aliases: [] });
  });
});

describe('usage records', () => {
  it.each([
    ['widevine', widevine],
    ['playready', playready],
    ['fairplay', fairplay],
    ['clearkey', clearkey],
  ])('are kept by %s only where that is asked for', (_, factory) => {
    expect(factory().sessionTypes).toEqual(['temporary', 'persistent-license']);
    expect(factory({ usageRecords: true }).sessionTypes).toEqual([
      'temporary',
      'persistent-license',
      'persistent-usage-record',
    ]);
  });

  it('are named once', () => {
    const sessionTypes = ['persistent-usage-record', 'temporary'] as const;

    expect(widevine({ sessionTypes, usageRecords: true }).sessionTypes).toEqual(sessionTypes);
  });
});

describe('persistent state', () => {
  it('takes persistent session types with it', () => {
    expect(widevine({ persistentState: 'not-supported' }).sessionTypes).toEqual(['temporary']);
  });

  it.each([{ sessionTypes: ['temporary', 'persistent-license'] as const }, { usageRecords: true }])(
    'cannot be taken away where it is needed: %j',
    (needed) => {
      const error = errorOf(() => widevine({ persistentState: 'not-supported', ...needed }));

      expect(error).toMatchObject({
        code: 'invalid-options',
        message: expect.stringContaining('sessionTypes'),
      });
    },
  );
});

describe('refuses', () => {
  const invalid: [name: string, member: string, options: Record<string, unknown>][] = [
    ['an unknown dialect', 'dialect', { dialect: 'verimatrix' }],
    ['a dialect of Object', 'dialect', { dialect: 'toString' }],
    ['no dialect', 'dialect', { dialect: undefined }],
    ['an empty key system', 'keySystem', { keySystem: '' }],
    ['no key system', 'keySystem', { keySystem: undefined }],
    ['a key system with a space', 'keySystem', { keySystem: 'com.example drm' }],
    ['an empty alias', 'aliases', { aliases: [''] }],
    ['a text for a list', 'aliases', { aliases: 'com.example.drm.1' }],
    ['an empty robustness level', 'videoRobustness', { videoRobustness: [''] }],
    ['a security level that is a number', 'securityLevel', { securityLevel: 1 }],
    ['no init data types', 'initDataTypes', { initDataTypes: [] }],
    ['an unknown init data type', 'initDataTypes', { initDataTypes: ['cenc', 'CENC'] }],
    ['a scheme that cannot be decrypted', 'encryptionSchemes', { encryptionSchemes: ['cens'] }],
    ['an unknown session type', 'sessionTypes', { sessionTypes: ['persistent'] }],
    ['an unknown support', 'persistentState', { persistentState: 'optional' }],
    ['an unknown server certificate', 'serverCertificate', { serverCertificate: true }],
    ['an unknown provisioning', 'provisioning', { provisioning: 'offline' }],
    ['an unknown rotation', 'rotation', { rotation: 'child' }],
    ['a text for a flag', 'bareMessages', { bareMessages: 'yes' }],
    ['null for a member', 'rootKeys', { rootKeys: null }],
    ['an option that there is not', 'robustness', { robustness: ['HIGH'] }],
  ];

  it.each(invalid)('%s', (_, member, options) => {
    const given = { keySystem: 'com.example.drm', dialect: 'widevine', ...options } as unknown;

    expect(errorOf(() => system(given as SystemOptions))).toMatchObject({
      code: 'invalid-options',
      message: expect.stringContaining(`\`${member}\``),
    });
  });

  it.each([
    ['a key that is too short', KEY_ID, KEY.slice(1)],
    ['a key that is not hexadecimal', KEY_ID, `x${KEY.slice(1)}`],
    ['a key that is no text', KEY_ID, 7],
    ['a key id that is none', KEY.slice(1), KEY],
  ])('%s, and does not tell it', (_, keyId, key) => {
    const rootKeys = { [keyId]: key } as Record<string, string>;
    const error = errorOf(() => widevine({ rootKeys }));

    expect(error).toMatchObject({ code: 'invalid-options', message: expect.stringContaining('`rootKeys`') });
    expect(`${error.message} ${String(error.cause)}`).not.toContain(KEY.slice(1));
  });
});
