/** More turns than anything takes that is going to happen. */
const MAX_TURNS = 20_000;

/** Resolves when `check` holds, which is looked at whenever everything that could run has run. */
export async function until(check: () => unknown): Promise<void> {
  for (let turns = 0; turns < MAX_TURNS; turns += 1) {
    if (await check()) return;
    await turn();
  }
  throw new Error(`It did not come to that: ${check.toString()}`);
}

/** Lets everything run that waits for nothing but its turn; IndexedDB takes several. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 40; turns += 1) await turn();
}

/** Lets what is next have its turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
