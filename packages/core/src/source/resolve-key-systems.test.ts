import { expect, it } from 'vitest';

import { resolveKeySystems } from './resolve-key-systems.js';
import type { DrmConfiguration } from './source.js';

const licenseUrl = '/license';

it('puts the preferred key systems first, and keeps the order of the rest', () => {
  const drm = {
    'com.widevine.alpha': { licenseUrl },
    'com.microsoft.playready': { licenseUrl },
    'org.w3.clearkey': { licenseUrl },
  };

  expect(resolveKeySystems(drm, ['org.w3.clearkey']).map(({ name }) => name)).toEqual([
    'org.w3.clearkey',
    'com.widevine.alpha',
    'com.microsoft.playready',
  ]);
  expect(resolveKeySystems(undefined, undefined)).toEqual([]);
});

it.each<[string, unknown, readonly string[] | undefined, string]>([
  ['a misspelt name', { 'com.widevine.alfa': { licenseUrl } }, undefined, '`drm` names no known key system'],
  ['no origin of keys', { 'org.w3.clearkey': {} }, undefined, '`drm["org.w3.clearkey"]` needs exactly one'],
  [
    'an empty URL',
    { 'org.w3.clearkey': { licenseUrl: '' } },
    undefined,
    '`drm["org.w3.clearkey"].licenseUrl`',
  ],
  ['no keys', { 'org.w3.clearkey': { keys: {} } }, undefined, '`drm["org.w3.clearkey"].keys`'],
  ['a misspelt preference', {}, ['org.w3.clearkye'], '`preferredKeySystems` names'],
])('names the field of a `drm` without a source: %s', (_, drm, preferred, message) => {
  const resolve = () => resolveKeySystems(drm as DrmConfiguration, preferred);

  expect(resolve).toThrow(message);
  expect(resolve).not.toThrow('source.');
});
