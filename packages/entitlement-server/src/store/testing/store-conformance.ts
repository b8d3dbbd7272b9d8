import { describe, expect, it } from 'vitest';

import type { TenantStore } from '../entitlement-store.js';
import {
  entryOf,
  leaseOf,
  MINUTE,
  newSession,
  NOW,
  setUpStore,
  type StoreFactory,
} from './conformance-setup.js';
import { describeOfflineLicenses, newOfflineLicense } from './offline-conformance.js';
import { describeRecords } from './record-conformance.js';
import { describeSessions } from './session-conformance.js';
import { describeStreams } from './stream-conformance.js';

/** Registers the tests that every store has to pass, whatever it keeps things in. */
export function describeStoreConformance(name: string, createStore: StoreFactory): void {
  describe(`${name}: playback sessions`, () => {
    describeSessions(createStore);
  });
  describe(`${name}: streams`, () => {
    describeStreams(createStore);
  });
  describe(`${name}: offline licenses`, () => {
    describeOfflineLicenses(createStore);
  });
  describe(`${name}: tokens, sign-ins, rentals, devices, decisions`, () => {
    describeRecords(createStore);
  });
  describe(`${name}: tenants`, () => {
    describeTenants(createStore);
  });
}

function describeTenants(createStore: StoreFactory): void {
  it('shows nothing of another tenant, though the ids are the same', async () => {
    const { store, tenant, tenantId } = await setUpStore(createStore);
    await fill(tenant);
    const other = store.tenant(`${tenantId}-other`);
    await expect(other.sessions.find('a')).resolves.toBeUndefined();
    await expect(other.sessions.listStreams('anna', NOW)).resolves.toEqual([]);
    await expect(other.sessions.renew('a', { lease: null })).resolves.toMatchObject({ status: 'over' });
    await expect(other.bearers.find('b')).resolves.toBeUndefined();
    await expect(other.offlineLicenses.find('o')).resolves.toBeUndefined();
    await expect(other.offlineLicenses.listOf('anna')).resolves.toEqual([]);
    await expect(other.rentals.listOf('anna')).resolves.toEqual([]);
    await expect(other.devices.listOf('anna')).resolves.toEqual([]);
    await expect(other.audit.list()).resolves.toEqual([]);
  });

  it('changes nothing of another tenant, though the ids are the same', async () => {
    const { store, tenant, tenantId } = await setUpStore(createStore);
    await fill(tenant);
    const other = store.tenant(`${tenantId}-other`);
    await other.sessions.end('a', { reason: 'closed' });
    await other.sessions.release('a');
    await other.sessions.endAllOf('login-1');
    await other.sessions.endAllOn('anna', 'device-1');
    await other.bearers.delete('b');
    await other.devices.remove('anna', 'd');
    await other.rentals.start('anna', 'film', NOW);
    await other.offlineLicenses.begin('o', NOW);
    await other.offlineLicenses.end('o', { reason: 'revoked', at: NOW });
    const lease = leaseOf({ limit: { streams: 1, onLimit: 'stop-oldest' } });
    const outcome = await other.sessions.open(newSession({ key: 'a' }), lease);

    expect(outcome.status).toBe('granted');
    await expect(tenant.sessions.find('a')).resolves.toMatchObject({
      end: null,
      leaseExpiresAt: NOW + 2 * MINUTE,
    });
    await expect(tenant.bearers.find('b')).resolves.toBeDefined();
    await expect(tenant.devices.listOf('anna')).resolves.toHaveLength(1);
    await expect(tenant.offlineLicenses.find('o')).resolves.toMatchObject({ firstPlayedAt: null, end: null });
    await expect(tenant.rentals.find('anna', 'film')).resolves.toMatchObject({ startedAt: null });
  });

  it('is not confused by where one id ends and the next begins', async () => {
    const { store, tenantId } = await setUpStore(createStore);
    const sessions = store.tenant(`${tenantId}a`).sessions;
    await sessions.open(newSession({ key: 'bc' }), null);
    const [found, other] = await Promise.all([
      sessions.find('bc'),
      store.tenant(`${tenantId}ab`).sessions.find('c'),
    ]);
    expect(found).toBeDefined();
    expect(other).toBeUndefined();
  });

  it('answers while it is open, and may be closed twice', async () => {
    const { store } = await setUpStore(createStore);
    await expect(store.ping()).resolves.toBeUndefined();
    await store.close();
    await store.close();
  });
}

/** One of everything, of account `anna`. */
async function fill({
  sessions,
  bearers,
  offlineLicenses,
  rentals,
  devices,
  audit,
}: TenantStore): Promise<void> {
  await sessions.open(newSession({ key: 'a' }), leaseOf());
  await bearers.save({ id: 'b', accountId: 'anna', expiresAt: NOW + MINUTE });
  await offlineLicenses.open(newOfflineLicense({ key: 'o' }), { now: NOW, limit: null });
  await rentals.rent('anna', 'film', NOW);
  await devices.register({
    accountId: 'anna',
    deviceId: 'd',
    name: 'TV',
    now: NOW,
    limit: 1,
    seenSince: 0,
  });
  audit.append(entryOf({ action: 'login', decision: 'granted' }));
}
