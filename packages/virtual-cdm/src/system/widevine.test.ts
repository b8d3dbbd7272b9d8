import { describe, expect, it } from 'vitest';
import { widevine, type WidevineOptions } from './widevine.js';

const SOFTWARE = ['SW_SECURE_CRYPTO', 'SW_SECURE_DECODE'];

it('is what Chrome on a desktop has, by default', () => {
  expect(widevine()).toEqual({
    keySystem: 'com.widevine.alpha',
    aliases: [],
    dialect: 'widevine',
    videoRobustness: SOFTWARE,
    audioRobustness: SOFTWARE,
    securityLevel: 'software',
    initDataTypes: ['cenc', 'keyids', 'webm'],
    encryptionSchemes: ['cenc', 'cbcs', 'cbcs-1-9'],
    sessionTypes: ['temporary', 'persistent-license'],
    distinctiveIdentifier: 'supported',
    persistentState: 'supported',
    serverCertificate: 'on-request',
    provisioning: 'factory',
    rotation: 'spec',
    rootKeys: {},
    bareMessages: false,
  });
});

describe('the level', () => {
  it.each([
    ['L3', SOFTWARE, 'software'],
    ['L1', [...SOFTWARE, 'HW_SECURE_CRYPTO', 'HW_SECURE_DECODE', 'HW_SECURE_ALL'], 'hardware'],
  ] as const)('%s', (level, robustness, securityLevel) => {
    expect(widevine({ level })).toMatchObject({
      videoRobustness: robustness,
      audioRobustness: robustness,
      securityLevel,
    });
  });

  it('yields to what is said of its parts, and not to undefined', () => {
    expect(widevine({ level: 'L1', audioRobustness: SOFTWARE, securityLevel: undefined })).toMatchObject({
      audioRobustness: SOFTWARE,
      securityLevel: 'hardware',
    });
  });

  it('is one that there is', () => {
    const options = { level: 'L2' } as unknown;

    expect(() => widevine(options as WidevineOptions)).toThrow('`level` must be one of L1, L3.');
  });
});

it.each([{ videoRobustness: ['SW_SECURE'] }, { audioRobustness: ['3000'] }])(
  'refuses a robustness level that Widevine does not have: %j',
  (options) => {
    expect(() => widevine(options)).toThrow(expect.objectContaining({ code: 'invalid-options' }));
  },
);
