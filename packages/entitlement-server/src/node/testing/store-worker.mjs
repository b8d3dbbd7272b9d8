// A process with a store of its own, for tests that kill it. It is told by IPC what to call, and answers what that resolved to.
import process from 'node:process';

import { createSqlStore, openPglite, openPostgres } from '@secure-player/entitlement-server';

const [kind, address] = process.argv.slice(2);
const database = kind === 'pglite' ? await openPglite(address) : await openPostgres(address);
const store = await createSqlStore({ database });
const { sessions } = store.tenant('tenant');

const calls = {
  open: async (session, lease) => (await sessions.open(session, lease)).status,
  find: async (key) => await sessions.find(key),
  streams: async (accountId) => (await sessions.listStreams(accountId, Date.now())).map(({ key }) => key),
  consume: async (jti) => await store.tokens.consume(jti, Date.now() + 60_000),
};

process.on('message', (call) => void answer(call));

async function answer({ id, name, args }) {
  process.send({ id, result: await calls[name](...args) });
}
process.on('disconnect', () => void store.close());
process.send({ id: 0 });
