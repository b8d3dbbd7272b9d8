import type { Download, DownloadsState } from '@secure-player/react/offline';
import { expect, it } from 'vitest';

import { removeAllDownloads } from './remove-all-downloads.js';

function setup(ids: readonly string[]) {
  const listeners = new Set<() => void>();
  let left = [...ids];
  const removed: string[] = [];
  return {
    removed,
    forget: (id: string) => {
      left = left.filter((other) => other !== id);
      for (const listener of listeners) listener();
    },
    downloads: {
      getState: () => ({ downloads: left.map((id) => ({ id }) as Download) }) as unknown as DownloadsState,
      subscribe(listener: () => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      async remove(id: string) {
        removed.push(id);
      },
    },
    listeners,
  };
}

it('is over when the last one is gone', async () => {
  const { downloads, forget, removed, listeners } = setup(['a', 'b']);
  let isOver = false;
  const removal = removeAllDownloads(downloads, new AbortController().signal).then(() => (isOver = true));

  await Promise.resolve();
  expect(removed).toEqual(['a', 'b']);
  forget('a');
  await Promise.resolve();
  expect(isOver).toBe(false);
  forget('b');
  await removal;
  expect(listeners.size).toBe(0);
});

it('does not wait beyond its signal for licenses that cannot be given back', async () => {
  const { downloads, listeners } = setup(['a']);

  await removeAllDownloads(downloads, AbortSignal.abort());
  expect(listeners.size).toBe(0);
});

it('rejects where one cannot be removed', async () => {
  const { downloads } = setup(['a']);
  const failing = { ...downloads, remove: async () => Promise.reject(new Error('full')) };

  await expect(removeAllDownloads(failing, AbortSignal.abort())).rejects.toThrow('full');
});
