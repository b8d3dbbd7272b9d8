import { resolveSource, type DrmConfiguration } from '@secure-player/core';
import { SYSTEM_IDS, writePlayReadyObject, writePsshBox } from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';

import { loadInitDataForms } from './init-data-forms.js';

const FIRST = '00000000000000000000000000000001';
const SECOND = '7fffffffffffffffffffffffffffffff';

function load(drm?: DrmConfiguration) {
  const source = resolveSource({ src: '/a.mpd', drm, keyIds: [FIRST, SECOND] });
  return loadInitDataForms(source.keySystems[0] ?? null, source);
}

const common = writePsshBox({ systemId: SYSTEM_IDS.common, keyIds: [FIRST] });
const playReady = writePsshBox({
  systemId: SYSTEM_IDS.playready,
  data: writePlayReadyObject({ header: { version: '4.3.0.0', keys: [{ keyId: FIRST }] } }),
});

describe('the init data of', () => {
  it('a clear title is nobody’s business', async () => {
    const { keyIdsOf, transform } = await load();

    expect(keyIdsOf({ initDataType: 'cenc', initData: common })).toEqual([]);
    expect(transform).toBeUndefined();
  });

  it('Clear Key is read, and rewritten to ask for all keys at once', async () => {
    const { keyIdsOf, transform } = await load({ 'org.w3.clearkey': { licenseUrl: '/license' } });
    const initData = transform?.(common, 'cenc', null) ?? null;

    expect(keyIdsOf({ initDataType: 'cenc', initData: common })).toEqual([FIRST]);
    expect(keyIdsOf({ initDataType: 'cenc', initData })).toEqual([FIRST, SECOND]);
  });

  it('PlayReady is read and rewritten in its own form', async () => {
    const { keyIdsOf, transform } = await load({ 'com.microsoft.playready': { licenseUrl: '/license' } });
    const initData = transform?.(playReady, 'cenc', null) ?? null;

    expect(keyIdsOf({ initDataType: 'cenc', initData: playReady })).toEqual([FIRST]);
    expect(keyIdsOf({ initDataType: 'cenc', initData })).toEqual([FIRST, SECOND]);
  });

  it('keys that the page has given stays as it is', async () => {
    const { transform } = await load({ 'org.w3.clearkey': { keys: { [FIRST]: SECOND } } });

    expect(transform).toBeUndefined();
  });

  it('no type gives no key ids', async () => {
    const { keyIdsOf } = await load({ 'org.w3.clearkey': { licenseUrl: '/license' } });

    expect(keyIdsOf({ initDataType: null, initData: null })).toEqual([]);
    expect(keyIdsOf({})).toEqual([]);
  });
});
