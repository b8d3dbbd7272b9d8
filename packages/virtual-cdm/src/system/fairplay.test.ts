import { expect, it } from 'vitest';
import { fairplay } from './fairplay.js';

it('plays cbcs only, and wants a server certificate', () => {
  expect(fairplay()).toEqual({
    keySystem: 'com.apple.fps',
    aliases: [],
    dialect: 'fairplay',
    videoRobustness: [],
    audioRobustness: [],
    securityLevel: 'hardware',
    initDataTypes: ['sinf', 'skd', 'cenc'],
    encryptionSchemes: ['cbcs'],
    sessionTypes: ['temporary', 'persistent-license'],
    distinctiveIdentifier: 'supported',
    persistentState: 'supported',
    serverCertificate: 'required',
    provisioning: 'factory',
    rotation: 'spec',
    rootKeys: {},
    bareMessages: false,
  });
});

it('takes what is said in place of its own', () => {
  expect(fairplay({ serverCertificate: 'optional', aliases: ['com.apple.fps.1_0'] })).toMatchObject({
    serverCertificate: 'optional',
    aliases: ['com.apple.fps.1_0'],
  });
});

it('refuses robustness levels, which FairPlay does not have', () => {
  expect(() => fairplay({ videoRobustness: ['HIGH'] })).toThrow(
    'com.apple.fps has no robustness levels. For a key system with others, use system().',
  );
});
