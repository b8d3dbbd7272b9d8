import { describe, expect, it } from 'vitest';
import { playready, type PlayreadyOptions } from './playready.js';

const RECOMMENDATION = 'com.microsoft.playready.recommendation';

it('is PlayReady without hardware, by default', () => {
  expect(playready()).toEqual({
    keySystem: 'com.microsoft.playready',
    aliases: [RECOMMENDATION],
    dialect: 'playready',
    videoRobustness: ['150', '2000'],
    audioRobustness: ['150', '2000'],
    securityLevel: 'software',
    initDataTypes: ['cenc'],
    encryptionSchemes: ['cenc', 'cbcs', 'cbcs-1-9'],
    sessionTypes: ['temporary', 'persistent-license'],
    distinctiveIdentifier: 'supported',
    persistentState: 'supported',
    serverCertificate: 'optional',
    provisioning: 'factory',
    rotation: 'spec',
    rootKeys: {},
    bareMessages: false,
  });
});

describe('the level', () => {
  it.each([
    ['SL150', ['150'], 'software', [RECOMMENDATION]],
    ['SL2000', ['150', '2000'], 'software', [RECOMMENDATION]],
    ['SL3000', ['150', '2000', '3000'], 'hardware', [RECOMMENDATION, `${RECOMMENDATION}.3000`]],
  ] as const)('%s', (level, robustness, securityLevel, aliases) => {
    expect(playready({ level })).toMatchObject({
      videoRobustness: robustness,
      audioRobustness: robustness,
      securityLevel,
      aliases,
    });
  });

  it('is one that there is', () => {
    const options = { level: 'SL4000' } as unknown;

    expect(() => playready(options as PlayreadyOptions)).toThrow(
      '`level` must be one of SL150, SL2000, SL3000.',
    );
  });
});

it('refuses a robustness level that PlayReady does not have', () => {
  expect(() => playready({ videoRobustness: ['HW_SECURE_ALL'] })).toThrow(
    expect.objectContaining({ code: 'invalid-options' }),
  );
});
