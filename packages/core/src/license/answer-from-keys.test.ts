import {
  readClearKeyLicense,
  toHex,
  writeClearKeyLicenseRequest,
  type ClearKeySessionType,
} from '@secure-player/protocol';
import { expect, it } from 'vitest';

import { answerFromKeys } from './answer-from-keys.js';

const FIRST = '00000000000000000000000000000001';
const SECOND = '7fffffffffffffffffffffffffffffff';
const KEY = 'fedcba9876543210fedcba9876543210';

const request = (kids: readonly string[], type: ClearKeySessionType = 'temporary') =>
  writeClearKeyLicenseRequest({ kids, type });

it('gives the keys that are asked for, however their ids are spelled', () => {
  const keys = { '00000000-0000-0000-0000-000000000001': KEY.toUpperCase(), [SECOND]: KEY };
  const license = readClearKeyLicense(answerFromKeys(request([FIRST], 'persistent-license'), keys));

  expect(license.keys.map(({ keyId, key }) => [keyId, toHex(key)])).toEqual([[FIRST, KEY]]);
  expect(license.type).toBe('persistent-license');
});

it('leaves out those that it does not know', () => {
  const license = readClearKeyLicense(answerFromKeys(request([FIRST, SECOND]), { [SECOND]: KEY }));

  expect(license.keys.map(({ keyId }) => keyId)).toEqual([SECOND]);
});

it('refuses where it knows none, without a word of the keys', () => {
  const answer = () => answerFromKeys(request([FIRST]), { [SECOND]: KEY });

  expect(answer).toThrow(expect.objectContaining({ code: 'key-missing' }));
  expect(answer).not.toThrow(KEY);
});
