import { expect, it } from 'vitest';

import type { AuditEntry } from '../../audit/audit-trail.js';
import { entryOf } from '../../store/testing/conformance-setup.js';
import type { SqlDatabase, SqlValue } from '../sql-database.js';
import { AuditWriter } from './audit-writer.js';

/** A writer whose gathering and whose statements end when the test says so. */
function setup() {
  const gathering: (() => void)[] = [];
  const waits: number[] = [];
  const statements: { times: SqlValue; end: (error?: Error) => void }[] = [];
  const faults: unknown[] = [];
  const database: Pick<SqlDatabase, 'query'> = {
    async query(_text, values = []) {
      await new Promise<void>((resolve, reject) => {
        const [, times = null] = values;
        statements.push({ times, end: (error) => (error === undefined ? resolve() : reject(error)) });
      });
      return [];
    },
  };
  const writer = new AuditWriter({
    database: database as SqlDatabase,
    onFault: (cause) => faults.push(cause),
    gather: (run, ms) => {
      gathering.push(run);
      waits.push(ms);
      return () => void gathering.splice(gathering.indexOf(run), 1);
    },
  });
  return {
    writer,
    statements,
    faults,
    gathering,
    waits,
    append: (...times: number[]) => {
      for (const time of times) writer.append({ tenant: 'tenant', entry: at(time) });
    },
    sent: () => statements.map(({ times }) => times),
    gathered: async () => {
      gathering.shift()?.();
      await turn();
    },
  };
}

const at = (time: number): AuditEntry => ({ ...entryOf(), time });
const turn = async () => await new Promise((resolve) => setImmediate(resolve));

it('writes what was gathered in one statement, and what comes meanwhile in the next', async () => {
  const { append, gathered, gathering, sent, statements } = setup();
  append(1, 2);
  expect(gathering).toHaveLength(1);
  await gathered();
  append(3);
  // Gathering ends while the first statement is under way: nothing is written twice, and nothing forgotten.
  await gathered();
  expect(sent()).toEqual([[1, 2]]);

  statements[0]?.end();
  await turn();
  await gathered();
  expect(sent()).toEqual([[1, 2], [3]]);
});

it('does not wait when many have come', async () => {
  const { append, gathering, sent } = setup();
  append(...Array.from({ length: 512 }, (_, time) => time));
  await turn();
  expect(sent()).toHaveLength(1);
  expect(gathering).toHaveLength(0);
});

it('writes all that waits before it says that it is flushed', async () => {
  const { append, gathered, sent, statements, writer } = setup();
  append(1);
  await gathered();
  append(2);
  const flushed: string[] = [];
  const flushes = ['first', 'second'].map(async (name) => {
    await writer.flush();
    flushed.push(name);
  });
  statements[0]?.end();
  await turn();
  expect(sent()).toEqual([[1], [2]]);
  expect(flushed).toEqual([]);
  statements[1]?.end();
  await Promise.all(flushes);
  expect(sent()).toHaveLength(2);
});

it('tries again what could not be written', async () => {
  const { append, faults, gathered, sent, statements } = setup();
  append(1);
  await gathered();
  statements[0]?.end(new Error('away'));
  await turn();
  expect(faults).toEqual([new Error('away')]);

  append(2);
  await gathered();
  expect(sent()).toEqual([[1], [1, 2]]);
});

it('leaves a database that failed alone for a while, however much waits', async () => {
  const { append, faults, gathered, gathering, sent, statements, waits, writer } = setup();
  append(...Array.from({ length: 600 }, (_, time) => time));
  statements[0]?.end(new Error('away'));
  await turn();
  append(...Array.from({ length: 600 }, (_, time) => 600 + time));
  await turn();
  expect(sent()).toHaveLength(1);
  expect(gathering).toHaveLength(1);
  expect(waits.at(-1)).toBeGreaterThanOrEqual(1000);

  await gathered();
  statements[1]?.end(new Error('away'));
  await turn();
  expect(faults).toHaveLength(2);
  // Whoever wants to read does not wait for that.
  const flushed = writer.flush();
  for (const place of [2, 3, 4]) {
    await turn();
    statements[place]?.end();
  }
  await flushed;
  expect(sent().slice(2).flat()).toEqual(Array.from({ length: 1200 }, (_, time) => time));

  append(...Array.from({ length: 512 }, (_, time) => time));
  expect(sent()).toHaveLength(6);
});
