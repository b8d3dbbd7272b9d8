/** A lock of the origin's that this document holds. */
export interface HeldLock {
  release(): void;
  /** Resolves once others can have it. */
  readonly released: Promise<void>;
}

/** Takes a lock, if nobody in the origin has it; null if somebody has. The browser frees it when the document goes. */
export function holdLock(name: string): Promise<HeldLock | null> {
  return new Promise((resolve, reject) => {
    const released: Promise<void> = navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => resolve({ release, released }));
      })
      .then(() => {});
    released.catch(reject);
  });
}
