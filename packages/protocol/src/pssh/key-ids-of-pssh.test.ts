import { describe, expect, it } from 'vitest';
import { fromBase64 } from '../bytes/base64.js';
import { writePlayReadyObject } from '../playready/playready-object.js';
import { writeWidevinePsshData } from '../widevine/widevine-pssh-data.js';
import { keyIdsOfPssh } from './key-ids-of-pssh.js';
import { readPsshBoxes, writePsshBox, type PsshBox, type PsshBoxInit } from './pssh-box.js';
import { SYSTEM_IDS } from './system-ids.js';

const FIRST = '09e091abf83841d29e3558531fd19ec7';
const SECOND = 'a2c786d0f9ef4cb3b333cd323a4284a5';

describe('keyIdsOfPssh', () => {
  it('gives the key ids that a box lists, each once', () => {
    const pssh = make({ systemId: SYSTEM_IDS.common, keyIds: [SECOND, FIRST, SECOND] });

    expect(keyIdsOfPssh(pssh)).toEqual([SECOND, FIRST]);
  });

  it('prefers the list to the data', () => {
    const data = writeWidevinePsshData({ keyIds: [SECOND] });

    expect(keyIdsOfPssh(make({ systemId: SYSTEM_IDS.widevine, keyIds: [FIRST], data }))).toEqual([FIRST]);
  });

  it('looks into Widevine data', () => {
    // shaka-packager, pssh_generator_unittest: the key ids `keyid1~~~~~~~~~~` and `keyid2~~~~~~~~~~`
    const base64 =
      'AAAARHBzc2gAAAAA7e+LqXnWSs6jyCfc1R0h7QAAACQSEGtleWlkMX5+fn5+fn5+fn4SEGtleWlkMn5+fn5+fn5+fn4=';

    expect(readPsshBoxes(fromBase64(base64)).map(keyIdsOfPssh)).toEqual([
      ['6b65796964317e7e7e7e7e7e7e7e7e7e', '6b65796964327e7e7e7e7e7e7e7e7e7e'],
    ]);
  });

  it('looks into PlayReady data', () => {
    const data = writePlayReadyObject({
      header: {
        version: '4.2.0.0',
        keys: [
          { keyId: FIRST, algorithm: 'AESCTR' },
          { keyId: SECOND, algorithm: 'AESCTR' },
        ],
      },
    });

    expect(keyIdsOfPssh(make({ systemId: SYSTEM_IDS.playready, data }))).toEqual([FIRST, SECOND]);
    expect(keyIdsOfPssh(make({ systemId: SYSTEM_IDS.playready, data: writePlayReadyObject({}) }))).toEqual(
      [],
    );
  });

  it('knows none in the data of other systems', () => {
    expect(keyIdsOfPssh(make({ systemId: SYSTEM_IDS.fairplay, data: Uint8Array.of(1) }))).toEqual([]);
  });

  it('throws on broken data', () => {
    for (const systemId of [SYSTEM_IDS.widevine, SYSTEM_IDS.playready]) {
      expect(() => keyIdsOfPssh(make({ systemId, data: Uint8Array.of(0x12, 16, 1) }))).toThrow(
        expect.objectContaining({ name: 'ProtocolError', code: 'truncated' }),
      );
    }
  });
});

function make(init: PsshBoxInit): PsshBox {
  const [pssh] = readPsshBoxes(writePsshBox(init));
  if (pssh === undefined) throw new Error('unreachable: one box gives one box');
  return pssh;
}
