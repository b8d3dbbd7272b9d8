let ending: Promise<void> | undefined;

/**
 * Resolves at the end of this turn of the event loop, for all who ask in it. Requests that came in one turn then go on
 * together, each step of all of them before the next: the processor still has a step's code at hand, which is half of what a
 * license costs when each is taken up by itself (`bench/licenses.mjs`), and what they ask of the store is one batch.
 */
export async function endOfTurn(): Promise<void> {
  ending ??= new Promise((resolve) => {
    setImmediate(() => {
      ending = undefined;
      resolve();
    });
  });
  await ending;
}
