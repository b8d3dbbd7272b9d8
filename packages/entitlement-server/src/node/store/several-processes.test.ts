import { afterAll, beforeAll, expect, it } from 'vitest';

import { Acknowledged, seededRandom } from '../testing/acknowledged.js';
import { describeWithPostgres } from '../testing/describe-with-postgres.js';
import { StoreProcess } from '../testing/store-process.js';

describeWithPostgres('Four processes on one PostgreSQL', (server) => {
  let url: string;
  let processes: StoreProcess[];

  beforeAll(async () => {
    url = await server().createDatabase();
    // All at once, so that they migrate at once.
    processes = await Promise.all([0, 1, 2, 3].map(async () => await StoreProcess.start('postgres', url)));
  });

  afterAll(async () => {
    await Promise.all(processes.map(async (process) => await process.stop()));
  });

  it('grant exactly three of 500 that ask at once for three streams', async () => {
    const said = new Acknowledged();
    await Promise.all(
      numbers(500).map(async (index) => await said.acquire(of(index), 'crowded', `crowded-${index}`)),
    );
    expect(said.leases).toBe(3);
    await expect(of(0).streams('crowded')).resolves.toHaveLength(3);
  });

  it('accept a token once that is replayed 200 times at once', async () => {
    const said = new Acknowledged();
    await Promise.all(numbers(200).map(async (index) => await said.consume(of(index), 'replayed')));
    expect(said.acceptances).toEqual([1]);
  });

  it('accept each of many tokens once, whoever brings them in whatever order', async () => {
    const said = new Acknowledged();
    const jtis = numbers(100).map((index) => `many-${index}`);
    await Promise.all(
      processes.map(async (process, index) => {
        // Two of them in the other order.
        const order = jtis.map((_, place) => jtis.at(index % 2 === 0 ? place : -1 - place) ?? '');
        await Promise.all(order.map(async (jti) => await said.consume(process, jti)));
      }),
    );
    expect(said.acceptances).toEqual(jtis.map(() => 1));
  });

  it('lose no lease and accept no token twice when one of them is killed, ten times', async () => {
    const random = seededRandom(5);
    const said = new Acknowledged();
    for (const round of numbers(10)) {
      const killed = of(0);
      const next = StoreProcess.start('postgres', url);
      const work = (store: StoreProcess, name: string) => [
        ...numbers(40).map(
          async (n) => await said.acquire(store, `account-${round}-${n % 10}`, `${name}-${round}-${n}`),
        ),
        ...numbers(60).map(async (n) => await said.consume(store, `token-${round - (n % 2)}-${n}`)),
      ];
      const kill = killed.killAfter(1 + Math.floor(random() * 90));
      // What the killed one does not answer stays open.
      void work(killed, 'killed');
      await Promise.all([kill, ...work(of(1), 'other')]);
      processes[0] = await next;
      await expect(said.findBroken(of(round % 4))).resolves.toEqual([]);
    }
    expect(said.leases).toBeGreaterThan(100);
  }, 300_000);

  function of(index: number): StoreProcess {
    const process = processes[index % processes.length];
    if (process === undefined) throw new Error('There is no process.');
    return process;
  }
});

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
