import { expect, it } from 'vitest';

import { createSqlStore } from '../../sql/create-sql-store.js';
import { leaseOf, newSession, NOW } from '../../store/testing/conformance-setup.js';
import { describeWithPostgres } from '../testing/describe-with-postgres.js';
import { startPostgresRelay } from '../testing/postgres-relay.js';
import { openPostgres } from './open-postgres.js';

it('does not tell the URL when it is none', async () => {
  const error: unknown = await openPostgres('mysql://anna:s3cret@db/x').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'invalid-configuration', field: 'DATABASE_URL' });
  expectNoSecret(error);
});

it('does not tell the URL when no connection comes about', async () => {
  // Port 9 is that of nobody.
  const url = 'postgres://anna:s3cret@127.0.0.1:9/x';
  const error: unknown = await openPostgres(url).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'store-unavailable' });
  expect(String(error)).toContain('nothing listens there (ECONNREFUSED)');
  expectNoSecret(error);
});

describeWithPostgres('A PostgreSQL', (server) => {
  it('is refused when a newer version has been at work on it', async () => {
    const url = await server().createDatabase();
    const database = await openPostgres(url);
    const store = await createSqlStore({ database });
    await database.query('insert into secure_player.migrations (version) values (1000)');
    await store.close();
    await expect(createSqlStore({ database: await openPostgres(url) })).rejects.toMatchObject({
      code: 'store-unavailable',
    });
  });

  it.each([
    ['/nobody', '', 'there is no database of this name (3D000)'],
    ['', 'sslmode=verify-full', 'the server speaks no TLS, which sslmode asks for'],
  ])('says why no connection comes about: %s %s', async (path, query, reason) => {
    const url = new URL(await server().createDatabase());
    if (path !== '') url.pathname = path;
    url.search = query;
    await expect(openPostgres(url.href)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: `No connection to the PostgreSQL of DATABASE_URL comes about: ${reason}.`,
    });
  });

  it('tells nothing of the values of a statement that failed', async () => {
    const database = await openPostgres(await server().createDatabase());
    const error: unknown = await database
      .query('select $1::text::integer', ['s3cret'])
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'store-failed', message: 'The database failed (22P02).' });
    expectNoSecret(error);
    await database.close();
  });

  it('goes on with a connection whose statement it refused, and without one that broke', async () => {
    const database = await openPostgres(await server().createDatabase(), { connections: 1 });
    const backend = async () => (await database.query('select pg_backend_pid()'))[0];
    const first = await backend();
    await expect(database.query('select 1 / 0')).rejects.toMatchObject({ code: 'store-failed' });
    await expect(backend()).resolves.toEqual(first);

    await expect(database.query('select pg_terminate_backend(pg_backend_pid())')).rejects.toMatchObject({
      message: 'The database failed (57P01).',
    });
    await expect(backend()).resolves.not.toEqual(first);
    await database.close();
  });

  it.each([
    ['a server that became read-only', 'set default_transaction_read_only = on', '25006'],
    ['a pooler that lost its statements', 'deallocate all', '26000'],
  ])('leaves a connection to %s', async (_, change, code) => {
    const database = await openPostgres(await server().createDatabase(), { connections: 1 });
    await database.script('create table numbers (number integer)');
    const insert = async () => await database.query('insert into numbers values ($1)', [7]);
    await insert();
    await database.script(change);
    await expect(insert()).rejects.toMatchObject({ message: `The database failed (${code}).` });
    await expect(insert()).resolves.toEqual([]);
    await database.close();
  });

  it('gives up a connection that went silent, and goes on with another', async () => {
    const relay = await startPostgresRelay(await server().createDatabase());
    const database = await openPostgres(relay.url, { connections: 1, answerMs: 1000 });
    const store = await createSqlStore({ database, clock: () => NOW });
    const find = async () => await store.tenant('tenant').sessions.find('nobody');
    await find();
    relay.fallSilent();
    await expect(database.query('select 1')).rejects.toMatchObject({
      message: 'The database failed (ETIMEDOUT).',
    });
    await expect(Promise.all([find(), store.ping()])).resolves.toEqual([undefined, undefined]);

    relay.fallSilent();
    const waiting = database.query('select 1');
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'store-failed' }), store.close()]);
  });

  it('finds what it looks for though a connection is cut, and says so where it writes', async () => {
    const relay = await startPostgresRelay(await server().createDatabase());
    const database = await openPostgres(relay.url);
    const store = await createSqlStore({ database, clock: () => NOW });
    const { bearers, sessions } = store.tenant('tenant');
    const finding = sessions.find('nobody');
    relay.cut();
    await expect(finding).resolves.toBeUndefined();
    const saving = bearers.save({ id: 'a', accountId: 'anna', expiresAt: NOW + 1000 });
    relay.cut();
    await expect(saving).rejects.toMatchObject({ message: 'The database failed (ECONNRESET).' });
    await store.close();
  });

  it('answers what waits for a connection before it is closed', async () => {
    const database = await openPostgres(await server().createDatabase(), { connections: 1 });
    const waiting = [7, 8].map(
      async (number) => await database.query('select $1::integer as number', [number]),
    );
    const closed = database.close();
    await expect(Promise.all(waiting)).resolves.toEqual([[{ number: 7 }], [{ number: 8 }]]);
    await closed;
  });

  it('does not let a value that it cannot say spoil the batch', async () => {
    const database = await openPostgres(await server().createDatabase());
    const store = await createSqlStore({ database, clock: () => NOW });
    const { sessions } = store.tenant('tenant');
    const opened = newSession({ key: 'a\0b', device: 'x\0y', expiresAt: NOW + 1000.5 });
    await sessions.open(opened, leaseOf());
    const found = await Promise.all(['a\0b', 'nobody\0', 'ab'].map(async (key) => await sessions.find(key)));
    expect(found.map((session) => session?.device)).toEqual(['x\u{FFFD}y', undefined, undefined]);
    await store.close();
  });
});

function expectNoSecret(error: unknown): void {
  const { message, stack, cause } = error as Error;
  expect(`${message} ${stack} ${JSON.stringify(cause)}`).not.toMatch(/s3cret|anna/);
}
