import { PlaybackError } from '@secure-player/core';
import { SYSTEM_IDS, writePsshBox } from '@secure-player/protocol';
import { expect, it } from 'vitest';

import { LicenseLedger } from './license-ledger.js';
import type { ShakaRequest } from './shaka-namespace.js';
import { readRequestedKeyIds } from './testing/requested-key-ids.js';

const FIRST = '00000000000000000000000000000001';
const SECOND = '7fffffffffffffffffffffffffffffff';

const REQUEST: ShakaRequest = { uris: [], attempt: 0, body: null, headers: {} };
const forKey = (keyId: string): ShakaRequest => ({
  ...REQUEST,
  initDataType: 'cenc',
  initData: writePsshBox({ systemId: SYSTEM_IDS.common, keyIds: [keyId] }),
});

function setup() {
  const ledger = new LicenseLedger(readRequestedKeyIds);
  const ask = (request: ShakaRequest) => {
    let arrive = () => {};
    let fail: (error: unknown) => void = () => {};
    const handle = ledger.keep(
      () =>
        new Promise((resolve, reject) => {
          arrive = () => resolve(new Uint8Array([1]));
          fail = reject;
        }),
    );
    const license = handle('/l', request, new AbortController().signal);
    return { license, arrive, fail };
  };

  return { ledger, ask };
}

it('knows of a key once its license has come and statuses have been told, and of no other', async () => {
  const { ledger, ask } = setup();
  ledger.noteKeyStatuses();
  const { license, arrive } = ask(forKey(FIRST));
  ledger.noteKeyStatuses();
  expect([ledger.isWaiting, ledger.isAnswered(FIRST)]).toEqual([true, false]);

  arrive();
  await license;
  await ledger.settled();
  expect([ledger.isWaiting, ledger.isAnswered(FIRST)]).toEqual([false, false]);

  ledger.noteKeyStatuses();
  expect([FIRST, SECOND].map((keyId) => ledger.isAnswered(keyId))).toEqual([true, false]);
});

it('takes a request that it cannot read for one that asks for everything', async () => {
  const { ledger, ask } = setup();
  const { license, arrive } = ask({ ...REQUEST, initDataType: 'cenc', initData: new Uint8Array([1]) });
  arrive();
  await license;
  ledger.noteKeyStatuses();

  expect(ledger.isAnswered(SECOND)).toBe(true);
});

it('knows all where the page itself gives the keys', () => {
  const { ledger } = setup();
  ledger.expectAllKeys();
  ledger.noteKeyStatuses();

  expect(ledger.isAnswered(FIRST)).toBe(true);
});

it('keeps the last failure until a license comes, and tells renewals from first requests', async () => {
  const { ledger, ask } = setup();
  const refusal = new PlaybackError('license-refused');
  const first = ask(REQUEST);
  first.fail(refusal);
  await expect(first.license).rejects.toBe(refusal);
  expect([ledger.failure, ledger.isFailedRenewal(refusal), ledger.lastWasRenewal]).toEqual([
    refusal,
    false,
    false,
  ]);

  const renewalRefusal = new PlaybackError('license-refused');
  const renewal = ask({ ...REQUEST, licenseRequestType: 'license-renewal' });
  renewal.fail(renewalRefusal);
  await expect(renewal.license).rejects.toBe(renewalRefusal);
  expect([ledger.failure, ledger.isFailedRenewal(renewalRefusal), ledger.lastWasRenewal]).toEqual([
    renewalRefusal,
    true,
    true,
  ]);

  const second = ask(REQUEST);
  second.arrive();
  await second.license;
  expect([ledger.failure, ledger.lastWasRenewal]).toEqual([null, false]);
});

it('does not take an abort for a failure', async () => {
  const { ledger, ask } = setup();
  const { license, fail } = ask(REQUEST);
  fail(new DOMException('gone', 'AbortError'));
  await expect(license).rejects.toThrow('gone');

  expect(ledger.failure).toBeNull();
});

it('has nothing to do with a license that is given back', async () => {
  const { ledger, ask } = setup();
  const { license, fail } = ask({ ...forKey(FIRST), licenseRequestType: 'license-release' });
  expect(ledger.isWaiting).toBe(false);
  fail(new PlaybackError('license-refused'));
  await expect(license).rejects.toBeDefined();

  expect(ledger.failure).toBeNull();
});
