import {
  readPsshBoxes,
  readWidevinePsshData,
  SYSTEM_IDS,
  writeKeyIdsInitData,
  writePsshBox,
  writeWidevinePsshData,
} from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';

import { keyIdsOfInitData } from './key-ids-of-init-data.js';
import { narrowInitData } from './narrow-init-data.js';

const FIRST = '00000000000000000000000000000001';
const SECOND = '7fffffffffffffffffffffffffffffff';
const BOTH = [FIRST, SECOND];

const widevine = (rest: object = {}) =>
  writePsshBox({
    systemId: SYSTEM_IDS.widevine,
    data: writeWidevinePsshData({ keyIds: BOTH, provider: 'p', ...rest }),
  });

describe('init data is narrowed to some of its key ids', () => {
  it('by type, where it is a list of them', () => {
    const { type, bytes } = narrowInitData(
      { type: 'keyids', bytes: writeKeyIdsInitData(BOTH) },
      'org.w3.clearkey',
      [SECOND],
    );

    expect([type, keyIdsOfInitData(type, bytes)]).toEqual(['keyids', [SECOND]]);
  });

  it('for Clear Key, as the one common box that it reads', () => {
    const { bytes } = narrowInitData({ type: 'cenc', bytes: widevine() }, 'org.w3.clearkey', BOTH);

    expect(readPsshBoxes(bytes)).toMatchObject([{ systemId: SYSTEM_IDS.common, keyIds: BOTH }]);
  });

  it('for Widevine, and keeps what else it says', () => {
    const { bytes } = narrowInitData({ type: 'cenc', bytes: widevine() }, 'com.widevine.alpha', [FIRST]);
    const [box] = readPsshBoxes(bytes);

    expect(readWidevinePsshData(box?.data ?? new Uint8Array())).toMatchObject({
      keyIds: [FIRST],
      provider: 'p',
    });
  });
});

it.each([
  ['all its key ids are wanted', 'cenc', 'com.widevine.alpha', widevine(), BOTH],
  ['keys rotate', 'cenc', 'com.widevine.alpha', widevine({ cryptoPeriodIndex: 1 }), [FIRST]],
  ['it is for another system', 'cenc', 'com.microsoft.playready', widevine(), [FIRST]],
  ['it cannot be read', 'cenc', 'com.widevine.alpha', new Uint8Array([1]), [FIRST]],
  ['no key id is known', 'cenc', 'org.w3.clearkey', widevine(), []],
  ['it is FairPlay’s', 'sinf', 'com.apple.fps', new Uint8Array([1]), [FIRST]],
])('stays as it is where %s', (_, type, keySystem, bytes, keyIds) => {
  expect(narrowInitData({ type, bytes }, keySystem, keyIds).bytes).toBe(bytes);
});
