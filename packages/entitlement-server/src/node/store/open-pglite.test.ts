import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { expect, it, onTestFinished, vi } from 'vitest';

import { createSqlStore } from '../../sql/create-sql-store.js';
import { entryOf, leaseOf, MINUTE, newSession, NOW } from '../../store/testing/conformance-setup.js';
import { newOfflineLicense } from '../../store/testing/offline-conformance.js';
import { openPglite, type PgliteOptions } from './open-pglite.js';

function makeFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'secure-player-pglite-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What a process of another host does when this one was stopped for long. */
function takeOver(folder: string): void {
  fs.writeFileSync(path.join(folder, 'lock-2'), '{}');
  fs.rmSync(path.join(folder, 'lock-1'));
}

/** The files in a folder, and when each was written last. */
function filesOf(folder: string): [string, number][] {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.map((name) => [name, fs.statSync(path.join(folder, name)).mtimeMs]);
}

async function openStore(folder: string, options?: PgliteOptions) {
  return await createSqlStore({ database: await openPglite(folder, options), clock: () => NOW });
}

it('flushes each commit to the disk, and finds everything again', async () => {
  const folder = makeFolder();
  const store = await openStore(folder);
  const flush = vi.spyOn(fs, 'fdatasyncSync');
  await store.tokens.consume('jti', NOW + MINUTE);
  expect(flush).toHaveBeenCalled();
  flush.mockClear();
  await store.tenant('tenant').sessions.find('nobody');
  expect(flush).not.toHaveBeenCalled();

  await store.tenant('tenant').sessions.open(newSession({ key: 'a' }), leaseOf());
  // Kept at the latest when the store is closed.
  store.tenant('tenant').audit.append(entryOf());
  await store.close();

  const again = await openStore(folder);
  await expect(again.tokens.consume('jti', NOW + MINUTE)).resolves.toBe(false);
  await expect(again.tenant('tenant').sessions.find('a')).resolves.toMatchObject({
    leaseExpiresAt: NOW + 2 * MINUTE,
  });
  await expect(again.tenant('tenant').audit.list()).resolves.toEqual([entryOf()]);
  await again.close();
}, 120_000);

it('leaves flushing to the system where only the end of the process is to be survived', async () => {
  const folder = makeFolder();
  // A first start that did not come to its end is begun anew.
  fs.mkdirSync(path.join(folder, 'data'));
  fs.writeFileSync(path.join(folder, 'data', 'PG_VERSION'), '18');
  const store = await openStore(folder, { survives: 'process-kill' });
  const flush = vi.spyOn(fs, 'fdatasyncSync');
  await expect(store.tokens.consume('jti', NOW + MINUTE)).resolves.toBe(true);
  expect(flush).not.toHaveBeenCalled();
  await store.close();
}, 120_000);

it('writes nothing any more when another process took the folder', async () => {
  const folder = makeFolder();
  const store = await openStore(folder);
  await store.tokens.consume('jti', NOW + MINUTE);
  takeOver(folder);
  const written = filesOf(folder);
  await expect(store.tokens.consume('another', NOW + MINUTE)).rejects.toMatchObject({ code: 'store-in-use' });
  await expect(store.ping()).rejects.toMatchObject({ code: 'store-in-use' });
  await store.close();
  expect(filesOf(folder)).toEqual(written);
}, 120_000);

it('writes nothing any more in the middle of a statement', async () => {
  const folder = makeFolder();
  const database = await openPglite(folder);
  await database.script('create table numbers (number integer); insert into numbers values (7)');
  let written: unknown;
  vi.spyOn(fs, 'fdatasyncSync').mockImplementationOnce(() => {
    takeOver(folder);
    written = filesOf(folder);
  });
  // It flushes the WAL and the tables, and then writes where it ends.
  await expect(database.script('checkpoint')).rejects.toMatchObject({ code: 'store-in-use' });
  await database.close();
  expect(filesOf(folder)).toEqual(written);
}, 120_000);

it('rejects everything at once when PGlite stopped, and keeps what was answered', async () => {
  const folder = makeFolder();
  const store = await openStore(folder);
  await store.tokens.consume('jti', NOW + MINUTE);
  // A PANIC, as when there is no room for the next file of the WAL.
  const flush = vi.spyOn(fs, 'fdatasyncSync').mockImplementation(() => {
    throw Object.assign(new Error('no'), { code: 'ENOSPC', errno: -28 });
  });
  const waiting = ['a', 'b'].map(async (jti) => await store.tokens.consume(jti, NOW + MINUTE));
  const results = await Promise.allSettled(waiting);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  flush.mockRestore();

  // So `/readyz` says no.
  await expect(store.ping()).rejects.toMatchObject({
    code: 'store-failed',
    message: expect.stringContaining('start this process again'),
  });
  await expect(store.tenant('tenant').sessions.find('nobody')).rejects.toMatchObject({
    code: 'store-failed',
  });
  await store.close();

  const again = await openStore(folder);
  await expect(again.tokens.consume('jti', NOW + MINUTE)).resolves.toBe(false);
  await again.close();
}, 120_000);

it('goes on after a statement that failed, and tells nothing of its values', async () => {
  const database = await openPglite('memory://');
  const read = async (value: string) => await database.query('select $1::text::integer as number', [value]);
  for (const attempt of [1, 2]) {
    const error: unknown = await read('s3cret').catch((thrown: unknown) => thrown);
    expect(error, `attempt ${attempt}`).toMatchObject({
      code: 'store-failed',
      message: 'The database failed (22P02).',
    });
    expect(String((error as Error).stack)).not.toContain('s3cret');
    await expect(read('7')).resolves.toEqual([{ number: 7 }]);
  }
  // Closing comes after what waits.
  const waiting = ['8', '9'].map(read);
  await database.close();
  await expect(Promise.all(waiting)).resolves.toEqual([[{ number: 8 }], [{ number: 9 }]]);
  await expect(read('7')).rejects.toMatchObject({ name: 'EntitlementServerError' });
}, 120_000);

it('sweeps what ran out, and keeps what did not', async () => {
  const clock = { now: NOW };
  const database = await openPglite('memory://');
  const store = await createSqlStore({ database, clock: () => clock.now, auditDays: 1 });
  const { sessions, offlineLicenses, bearers, audit } = store.tenant('tenant');
  await store.tokens.consume('old', NOW + MINUTE);
  await sessions.open(newSession({ key: 'old', expiresAt: NOW + MINUTE }), null);
  await bearers.save({ id: 'old', accountId: 'anna', expiresAt: NOW + MINUTE });
  const place = { now: NOW, limit: null };
  await offlineLicenses.open(newOfflineLicense({ key: 'old', expiresAt: NOW + MINUTE }), place);
  await offlineLicenses.open(newOfflineLicense({ key: 'endless', expiresAt: null }), place);
  audit.append(entryOf());
  await audit.list();

  const count = async () => {
    const [row] = await database.query(
      `select (select count(*) from secure_player.tokens) as tokens,
        (select count(*) from secure_player.sessions) as sessions,
        (select count(*) from secure_player.offline_licenses) as offline,
        (select count(*) from secure_player.bearers) as bearers,
        (select count(*) from secure_player.audit) as audit`,
    );
    return row;
  };
  clock.now = NOW + MINUTE;
  await store.sweep();
  await expect(count()).resolves.toEqual({ tokens: 1, sessions: 1, offline: 2, bearers: 0, audit: 1 });
  clock.now = NOW + 24 * 60 * MINUTE;
  await store.sweep();
  await expect(count()).resolves.toEqual({ tokens: 0, sessions: 0, offline: 2, bearers: 0, audit: 0 });
  clock.now = NOW + 90 * 24 * 60 * MINUTE + MINUTE;
  await store.sweep();
  await expect(count()).resolves.toMatchObject({ offline: 1 });
  await store.close();
}, 120_000);
