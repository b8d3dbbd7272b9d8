import { expect, it } from 'vitest';
import { clearkey } from './clearkey.js';

it('has all that EME allows Clear Key', () => {
  expect(clearkey()).toEqual({
    keySystem: 'org.w3.clearkey',
    aliases: [],
    dialect: 'clearkey',
    videoRobustness: [],
    audioRobustness: [],
    securityLevel: 'software',
    initDataTypes: ['cenc', 'keyids', 'webm'],
    encryptionSchemes: ['cenc', 'cbcs', 'cbcs-1-9'],
    sessionTypes: ['temporary', 'persistent-license'],
    distinctiveIdentifier: 'not-supported',
    persistentState: 'supported',
    serverCertificate: 'unsupported',
    provisioning: 'factory',
    rotation: 'spec',
    rootKeys: {},
    bareMessages: false,
  });
});

it('refuses robustness levels: EME has Clear Key support the empty string only', () => {
  expect(() => clearkey({ audioRobustness: ['HIGH'] })).toThrow(
    expect.objectContaining({ code: 'invalid-options' }),
  );
});
