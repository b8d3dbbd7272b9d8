import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { Acknowledged, seededRandom } from '../testing/acknowledged.js';
import { StoreProcess } from '../testing/store-process.js';
import { openPglite } from './open-pglite.js';

let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'secure-player-pglite-'));
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

it('loses no lease and accepts no token twice when its process is killed and started again, five times', async () => {
  const random = seededRandom(7);
  const said = new Acknowledged();
  for (let round = 0; round < 5; round += 1) {
    const store = await StoreProcess.start('pglite', folder);
    await expect(said.findBroken(store)).resolves.toEqual([]);
    const kill = store.killAfter(1 + Math.floor(random() * 90));
    for (let n = 0; n < 100; n += 1) {
      // What the killed one does not answer stays open.
      void said.acquire(store, `account-${round}-${n % 10}`, `key-${round}-${n}`);
      void said.consume(store, `token-${round - (n % 2)}-${n}`);
    }
    await kill;
  }

  const store = await StoreProcess.start('pglite', folder);
  await expect(said.findBroken(store)).resolves.toEqual([]);
  expect(said.leases).toBeGreaterThan(20);
  await expect(openPglite(folder)).rejects.toMatchObject({
    name: 'EntitlementServerError',
    code: 'store-in-use',
  });
  await store.stop();
  // Each start compiles PGlite anew, which on a busy machine takes its time.
}, 300_000);
