import { expect, it, vi } from 'vitest';

import { ShellUpdates, type ShellWorker } from './shell-updates.js';

async function setup() {
  const heard = new Map<string, (event: { isUpdate?: boolean }) => void>();
  const handle = {
    addEventListener: (type: string, listener: (event: { isUpdate?: boolean }) => void) => {
      heard.set(type, listener);
    },
    register: vi.fn(async () => undefined),
    messageSkipWaiting: vi.fn(),
  };
  const reload = vi.fn();
  const shell = new ShellUpdates(async () => handle as unknown as ShellWorker, reload);
  await shell.start();

  return { shell, handle, reload, fire: (type: string, isUpdate = true) => heard.get(type)?.({ isUpdate }) };
}

it('says that a new version waits, and loads nothing by itself', async () => {
  const { shell, handle, reload, fire } = await setup();
  expect(shell.get()).toBe('current');

  fire('waiting');
  expect(shell.get()).toBe('outdated');
  expect(handle.messageSkipWaiting).not.toHaveBeenCalled();
  expect(reload).not.toHaveBeenCalled();
});

it('reloads once the new version that was asked for is in control', async () => {
  const { shell, handle, reload, fire } = await setup();
  fire('waiting');

  shell.update();
  expect(handle.messageSkipWaiting).toHaveBeenCalledTimes(1);
  expect(reload).not.toHaveBeenCalled();
  fire('controlling');
  expect(reload).toHaveBeenCalledTimes(1);
});

it('does not tear a page away because another tab asked', async () => {
  const { shell, reload, fire } = await setup();

  fire('controlling');
  expect(reload).not.toHaveBeenCalled();
  expect(shell.get()).toBe('outdated');
  shell.update();
  expect(reload).toHaveBeenCalledTimes(1);
});

it('is current under its first service worker', async () => {
  const { shell, fire } = await setup();

  fire('controlling', false);
  expect(shell.get()).toBe('current');
});

it.each<[string, () => Promise<ShellWorker | null>]>([
  ['where there can be no service worker', async () => null],
  ['where it cannot be registered', async () => Promise.reject(new Error('forbidden'))],
])('goes on %s', async (_, connect) => {
  const shell = new ShellUpdates(connect, () => {});

  await expect(shell.start()).resolves.toBeUndefined();
  expect(shell.get()).toBe('current');
});
