import { expect, it } from 'vitest';

import { GroupCommit, type GroupCommitOptions } from './group-commit.js';

/** A group commit whose batches end when the test says so. */
function setup(options: Partial<GroupCommitOptions<string, string>> = {}) {
  const batches: { calls: readonly string[]; end: (error?: Error) => void }[] = [];
  const group = new GroupCommit<string, string>({
    afterTurn: (run) => queueMicrotask(run),
    run: async (calls) => {
      await new Promise<void>((resolve, reject) => {
        batches.push({ calls, end: (error) => (error === undefined ? resolve() : reject(error)) });
      });
      return calls.map((call) => `${call}!`);
    },
    ...options,
  });
  const sent = () => batches.map(({ calls }) => calls);
  return { group, batches, sent };
}

const turn = async () => await new Promise((resolve) => setImmediate(resolve));

it('sends what comes in one turn at once, and gathers while that is under way', async () => {
  const { group, batches, sent } = setup();
  const first = [group.submit('a'), group.submit('b')];
  await turn();
  const second = [group.submit('c'), group.submit('d')];
  await turn();
  expect(sent()).toEqual([['a', 'b']]);

  batches[0]?.end();
  await expect(Promise.all(first)).resolves.toEqual(['a!', 'b!']);
  await turn();
  expect(sent()).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  batches[1]?.end();
  await expect(Promise.all(second)).resolves.toEqual(['c!', 'd!']);
});

it('waits for further calls as long as each turn brings some, and for a bounded number of turns', async () => {
  const turns: (() => void)[] = [];
  const { group, sent } = setup({ afterTurn: (run) => turns.push(run) });
  const endTurn = () => turns.shift()?.();
  void group.submit('a');
  void group.submit('b');
  endTurn();
  void group.submit('c');
  endTurn();
  expect(sent()).toEqual([]);
  endTurn();
  expect(sent()).toEqual([['a', 'b', 'c']]);

  const busy = setup({ afterTurn: (run) => turns.push(run) });
  let asked = 0;
  do {
    void busy.group.submit(`${(asked += 1)}`);
    void busy.group.submit(`${(asked += 1)}`);
    endTurn();
  } while (turns.length > 0);
  expect(busy.sent().map((calls) => calls.length)).toEqual([16]);
});

it('sends a call that is alone at the end of its turn', async () => {
  const turns: (() => void)[] = [];
  const { group, sent } = setup({ afterTurn: (run) => turns.push(run) });
  void group.submit('a');
  turns.shift()?.();
  expect(sent()).toEqual([['a']]);
});

it('bounds a batch', async () => {
  const { group, batches, sent } = setup({ batchSize: 2 });
  const calls = ['a', 'b', 'c'].map(async (call) => await group.submit(call));
  await turn();
  expect(sent()).toEqual([['a', 'b']]);
  batches[0]?.end();
  await turn();
  batches[1]?.end();
  await expect(Promise.all(calls)).resolves.toEqual(['a!', 'b!', 'c!']);
});

it('rejects exactly the callers of the batch that failed', async () => {
  const { group, batches } = setup();
  const first = [group.submit('a'), group.submit('b')];
  await turn();
  const second = group.submit('c');
  batches[0]?.end(new Error('no'));
  const results = await Promise.allSettled(first);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);

  await turn();
  batches[1]?.end();
  await expect(second).resolves.toBe('c!');
});

it('puts two calls of one key into two batches, and keeps their order', async () => {
  const { group, batches, sent } = setup({ keyOf: (call) => call[0] ?? '', batchSize: 2 });
  const calls = ['a1', 'a2', 'b1', 'c1', 'a3'].map(async (call) => await group.submit(call));
  for (const index of [0, 1, 2]) {
    await turn();
    batches[index]?.end();
  }
  await Promise.all(calls);
  expect(sent()).toEqual([['a1', 'b1'], ['a2', 'c1'], ['a3']]);
});

it('settles when nothing waits or is under way', async () => {
  const { group, batches } = setup();
  await group.settle();
  void group.submit('a');
  let isSettled = false;
  const settled = group.settle().then(() => (isSettled = true));
  await turn();
  expect(isSettled).toBe(false);
  batches[0]?.end();
  await settled;
});
