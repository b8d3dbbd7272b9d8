import { expect, it } from 'vitest';

import { createSqlStore } from '../../sql/create-sql-store.js';
import { entryOf, MINUTE, NOW } from '../../store/testing/conformance-setup.js';
import { openPglite } from './open-pglite.js';

const DAY = 24 * 60 * MINUTE;

it('sweeps decisions behind any number that a wrong clock dated into the future, and those with them', async () => {
  const clock = { now: NOW };
  const database = await openPglite('memory://');
  const store = await createSqlStore({ database, clock: () => clock.now, auditDays: 1 });
  const { audit } = store.tenant('tenant');
  const append = async (times: number, time: number) => {
    for (let n = 0; n < times; n += 1) audit.append(entryOf({ time }));
    await audit.list();
  };
  const kept = async () => {
    await store.sweep();
    const rows = await database.query<{ time: number; count: number }>(
      'select time, count(*) from secure_player.audit group by time order by time',
    );
    return rows.map(({ time, count }) => [time, count]);
  };

  const wrong = NOW + 3650 * DAY;
  await append(4500, wrong);
  await append(10, NOW);
  await append(2500, NOW + MINUTE);
  await append(5, wrong);
  clock.now = NOW + DAY - 1;
  await expect(kept()).resolves.toEqual([
    [NOW, 10],
    [NOW + MINUTE, 2500],
    [wrong, 4505],
  ]);

  clock.now = NOW + DAY;
  await expect(kept()).resolves.toEqual([
    [NOW + MINUTE, 2500],
    [wrong, 5],
  ]);
  clock.now = NOW + DAY + MINUTE;
  await expect(kept()).resolves.toEqual([[wrong, 5]]);

  await append(1, NOW + DAY);
  clock.now = NOW + 2 * DAY;
  await expect(kept()).resolves.toEqual([]);
  await store.close();
}, 120_000);
