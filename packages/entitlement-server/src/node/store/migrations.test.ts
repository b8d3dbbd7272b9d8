import { expect, it, onTestFinished } from 'vitest';

import { createSqlStore } from '../../sql/create-sql-store.js';
import { entryOf, leaseOf, MINUTE, newSession, NOW } from '../../store/testing/conformance-setup.js';
import { newOfflineLicense } from '../../store/testing/offline-conformance.js';
import { describeWithPostgres } from '../testing/describe-with-postgres.js';
import { openPostgres } from './open-postgres.js';

const GRANTS = (role: string): string => `
grant usage on schema secure_player to ${role};
grant select, insert, update, delete on all tables in schema secure_player to ${role};
grant usage on all sequences in schema secure_player to ${role};
`;

describeWithPostgres('The schema in a PostgreSQL', (server) => {
  /** An empty database, its owner, and the URL of a role that may connect and nothing else. */
  async function setup() {
    const url = new URL(await server().createDatabase());
    const owner = await openPostgres(url.href);
    const role = `secure_player_test_${Math.random().toString(36).slice(2)}`;
    await owner.script(`create role ${role} login password '${role}'`);
    onTestFinished(async () => {
      await owner.script(`drop owned by ${role} cascade; drop role ${role}`);
      await owner.close();
    });
    const asRole = new URL(url);
    asRole.username = role;
    asRole.password = role;
    return { url: url.href, owner, role, asRole: asRole.href };
  }

  const openStore = async (url: string) =>
    await createSqlStore({ database: await openPostgres(url), clock: () => NOW });

  it('is used by a role that may not change it', async () => {
    const { url, owner, role, asRole } = await setup();
    await (await openStore(url)).close();
    await owner.script(GRANTS(role));

    const faults: unknown[] = [];
    const store = await createSqlStore({
      database: await openPostgres(asRole),
      clock: () => NOW,
      onFault: (cause) => faults.push(cause),
    });
    const { sessions, bearers, offlineLicenses, rentals, devices, audit } = store.tenant('tenant');
    await expect(store.tokens.consume('jti', NOW + MINUTE)).resolves.toBe(true);
    await expect(sessions.open(newSession({ key: 'a' }), leaseOf())).resolves.toMatchObject({
      status: 'granted',
    });
    const nobodys = newSession({ key: 'b', accountId: null, loginId: null });
    await expect(sessions.open(nobodys, null)).resolves.toMatchObject({ status: 'granted' });
    await sessions.end('b', { reason: 'closed' });
    await bearers.save({ id: 'b', accountId: 'anna', expiresAt: NOW + MINUTE });
    await offlineLicenses.open(newOfflineLicense({ key: 'o' }), { now: NOW, limit: 1 });
    await rentals.rent('anna', 'film', NOW);
    const registration = { accountId: 'anna', deviceId: 'd', name: 'TV', limit: 1, seenSince: 0 };
    await expect(devices.register({ ...registration, now: NOW })).resolves.toBe(true);
    audit.append(entryOf());
    await expect(audit.list()).resolves.toHaveLength(1);
    await store.sweep();
    await store.close();
    expect(faults).toEqual([]);
  });

  it('is made by the owner of an empty one, without rights on the database', async () => {
    const { owner, role, asRole } = await setup();
    await owner.script(`create schema secure_player authorization ${role}`);
    const store = await openStore(asRole);
    await expect(store.tokens.consume('jti', NOW + MINUTE)).resolves.toBe(true);
    await store.close();
    await (await openStore(asRole)).close();
  });

  it('says what could not be done for a role that would have to make it and may not', async () => {
    const { asRole } = await setup();
    await expect(openStore(asRole)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/from version 0 .*42501/s),
    });
  });
});
