import type { Downloads, DownloadsState } from '@secure-player/react/offline';
import { expect, it, vi } from 'vitest';

import { DownloadsService } from './downloads-service.js';

function setup() {
  const listeners = new Set<() => void>();
  let state = { status: 'starting', downloads: [] } as unknown as DownloadsState;
  const begin = vi.fn();
  const downloads = {
    getState: () => state,
    subscribe: (listener: () => void) => listeners.add(listener),
    begin,
  } as unknown as Downloads;
  const change = (status: DownloadsState['status']) => {
    state = { ...state, status };
    for (const listener of listeners) listener();
  };
  return { downloads, begin, change };
}

it('loads once, however often it is started, and begins the work', async () => {
  const { downloads, begin } = setup();
  const open = vi.fn(async () => downloads);
  const service = new DownloadsService(open);

  expect(open).not.toHaveBeenCalled();
  service.start();
  service.start();
  await vi.waitFor(() => expect(begin).toHaveBeenCalledTimes(1));
  expect(open).toHaveBeenCalledTimes(1);
});

it('is loading until the list is read, and then the same while nothing changes', async () => {
  const { downloads, begin, change } = setup();
  const service = new DownloadsService(async () => downloads);
  service.start();
  await vi.waitFor(() => expect(begin).toHaveBeenCalled());
  expect(service.get()).toEqual({ status: 'loading' });
  expect(service.downloads()).toBeUndefined();

  const heard = vi.fn();
  service.subscribe(heard);
  change('ready');
  expect(heard).toHaveBeenCalledTimes(1);
  expect(service.downloads()).toBe(downloads);
  expect(service.get()).toBe(service.get());
});

it.each([
  ['their code does not arrive', async () => Promise.reject(new Error('offline'))],
  [
    'this browser keeps nothing',
    async () => {
      const { downloads, change } = setup();
      change('unavailable');
      return downloads;
    },
  ],
])('is unavailable where %s', async (_, open: () => Promise<Downloads>) => {
  const service = new DownloadsService(open);
  service.start();

  await vi.waitFor(() => expect(service.get().status).toBe('unavailable'));
});
