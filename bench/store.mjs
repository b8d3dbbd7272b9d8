// What the SQL store does in a second, path by path, and for a whole license: `node bench/store.mjs [milliseconds] [callers]`.
// On PGlite with each promise it can make, and on a PostgreSQL: that of DATABASE_URL, else one of its own, flushing each commit.
// All callers are in this process; PostgreSQL's own processes are beside it.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import readline from 'node:readline';

import { createSqlStore, openPglite, openPostgres } from '@secure-player/entitlement-server';

import { findPostgres } from '../scripts/postgres.mjs';

const [milliseconds = 3000, callers = 64] = process.argv.slice(2).map(Number);
const ACCOUNTS = 2000;

/** @typedef {import('@secure-player/entitlement-server').SqlDatabase} SqlDatabase */

await measurePglite('power-loss');
await measurePglite('process-kill');
await measurePostgres();

/** @param {'power-loss' | 'process-kill'} survives */
async function measurePglite(survives) {
  const folder = mkdtempSync(path.join(tmpdir(), 'store-bench-'));
  try {
    await measure(`PGlite, survives ${survives}`, await openPglite(folder, { survives }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measurePostgres() {
  const given = process.env['DATABASE_URL'];
  if (given) return await measure('PostgreSQL of DATABASE_URL', await openPostgres(given));

  const server = await startPostgres();
  try {
    await measure('PostgreSQL, fsync on', await openPostgres(server.url));
  } finally {
    await server.stop();
  }
}

/**
 * @param {string} name
 * @param {SqlDatabase} opened
 */
async function measure(name, opened) {
  const { database, statements } = counting(opened);
  const store = await createSqlStore({ database });
  const tenant = store.tenant(`bench-${randomUUID()}`);
  const sessions = await prepare(tenant);
  const random = () =>
    /** @type {typeof sessions[number]} */ (sessions[Math.floor(Math.random() * sessions.length)]);
  const lease = () => ({
    now: Date.now(),
    expiresAt: Date.now() + 120_000,
    limit: { streams: 3, onLimit: /** @type {const} */ ('deny-new') },
  });
  const entry = (/** @type {typeof sessions[number]} */ { accountId, key }) => ({
    time: Date.now(),
    action: /** @type {const} */ ('license'),
    decision: /** @type {const} */ ('granted'),
    accountId,
    contentId: 'film',
    system: 'clearkey',
    region: 'AT',
    keys: 2,
    sessionKey: key,
  });
  const paths = {
    'sessions.find': async () => await tenant.sessions.find(random().key),
    'bearers.find': async () => await tenant.bearers.find(random().login),
    'sessions.renew': async () => await tenant.sessions.renew(random().key, { lease: lease() }),
    'tokens.consume': async () => await store.tokens.consume(newId(), Date.now() + 60_000),
    'audit.append': async () => tenant.audit.append(entry(random())),
    'sessions.open': async () => await tenant.sessions.open(newSession(newId(), newId(), newId()), lease()),
    'a license': async () => {
      const session = random();
      await tenant.sessions.find(session.key);
      await tenant.bearers.find(session.login);
      await tenant.sessions.renew(session.key, { lease: lease() });
      await store.tokens.consume(newId(), Date.now() + 60_000);
      tenant.audit.append(entry(session));
    },
  };

  console.log(`\n${name}; ${callers} callers`);
  for (const [title, call] of Object.entries(paths)) {
    const before = statements.count;
    const { calls, seconds, cpu, p99 } = await run(call);
    await tenant.audit.list({ limit: 1 });
    const each = ((statements.count - before) / calls).toFixed(3);
    console.log(
      `${title.padEnd(16)}${String(Math.round(calls / seconds)).padStart(8)} a second  p99 ${p99.toFixed(1).padStart(6)} ms  ` +
        `${String(Math.round((cpu / calls) * 1e6)).padStart(5)} µs of this process each  ${each} statements each`,
    );
  }
  await store.close();
}

/** @param {() => Promise<unknown>} call */
async function run(call) {
  const times = /** @type {number[]} */ ([]);
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  const until = start + milliseconds;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let now = performance.now(); now < until;) {
        await call();
        const after = performance.now();
        times.push(after - now);
        now = after;
        // What takes no time would keep everything else from running.
        if (times.length % 1024 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpuStart);
  times.sort((a, b) => a - b);
  return {
    calls: times.length,
    seconds: (performance.now() - start) / 1000,
    cpu: (user + system) / 1e6,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
  };
}

/** @param {import('@secure-player/entitlement-server').TenantStore} tenant */
async function prepare(tenant) {
  const made = Array.from({ length: ACCOUNTS }, () => ({ key: newId(), accountId: newId(), login: newId() }));
  await Promise.all(
    made.map(async ({ key, accountId, login }) => {
      await tenant.bearers.save({ id: login, accountId, expiresAt: Date.now() + 3_600_000 });
      const now = Date.now();
      await tenant.sessions.open(newSession(key, accountId, login), {
        now,
        // The streams of accounts that no call picks for a while must still run.
        expiresAt: now + 600_000,
        limit: null,
      });
    }),
  );
  return made;
}

/**
 * @param {string} key
 * @param {string} accountId
 * @param {string} loginId
 */
function newSession(key, accountId, loginId) {
  const now = Date.now();
  return {
    key,
    accountId,
    loginId,
    contentId: 'film',
    intent: /** @type {const} */ ('play'),
    format: /** @type {const} */ ('dash'),
    deviceId: loginId,
    device: 'Firefox on Linux',
    startedAt: now,
    expiresAt: now + 3_600_000,
  };
}

function newId() {
  return randomBytes(32).toString('base64url');
}

/** @param {SqlDatabase} database */
function counting(database) {
  const statements = { count: 0 };
  const proxy = new Proxy(database, {
    get(target, name) {
      if (name === 'query') statements.count += 1;
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { database: proxy, statements };
}

async function startPostgres() {
  const binaries = findPostgres();
  const isRoot = process.getuid?.() === 0;
  const idOf = (/** @type {string} */ flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  // PostgreSQL refuses to run as root.
  const user = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  const folder = mkdtempSync(path.join(tmpdir(), 'store-bench-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  execFileSync(path.join(binaries, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'], {
    cwd: folder,
    ...user,
    stdio: 'ignore',
  });

  const settings = ['-c', 'listen_addresses=', '-c', `unix_socket_directories=${folder}`];
  const server = spawn(path.join(binaries, 'postgres'), ['-D', data, ...settings], {
    cwd: folder,
    ...user,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of readline.createInterface({ input: server.stderr })) {
    if (line.includes('ready to accept connections')) break;
  }
  server.stderr.resume();
  return {
    url: `postgres://postgres@${encodeURIComponent(folder)}/postgres`,
    stop: async () => {
      const exit = once(server, 'exit');
      server.kill('SIGINT');
      await exit;
      rmSync(folder, { recursive: true });
    },
  };
}
