// @vitest-environment jsdom
import { PlaybackError } from '@secure-player/core';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import { createFakeBackend, createQueryPage } from '../testing/fake-backend.js';
import '../testing/fake-engine.js';
import { useStreams } from './use-streams.js';

afterEach(cleanup);

function Streams({ enabled }: { enabled?: boolean }) {
  const { data, error } = useStreams({ enabled });
  return <p>{error?.code ?? data?.map(({ device }) => device).join() ?? 'waiting'}</p>;
}

it('tells what the account plays, and asks once', async () => {
  const backend = createFakeBackend();
  const { page, keys } = createQueryPage();
  render(page(backend, <Streams />));

  await screen.findByText('Device of a1');
  expect(backend.listStreams).toHaveBeenCalledOnce();
  expect(keys()).toEqual([['secure-player', 'a1', 'streams']]);
});

it('does not ask again for one who is not signed in', async () => {
  const backend = createFakeBackend(null);
  backend.listStreams.mockRejectedValue(new PlaybackError('authentication-required'));
  render(createQueryPage().page(backend, <Streams />));

  await screen.findByText('authentication-required');
  expect(backend.listStreams).toHaveBeenCalledOnce();
});

it('follows the account, and aborts what the one before it still waited for', async () => {
  const { page } = createQueryPage();
  const first = createFakeBackend('a1');
  first.listStreams.mockImplementation(() => new Promise(() => {}));
  const { rerender } = render(page(first, <Streams />));
  await waitFor(() => expect(first.listStreams).toHaveBeenCalled());

  rerender(page(createFakeBackend('a2'), <Streams />));
  await screen.findByText('Device of a2');
  expect(first.listStreams.mock.calls.at(-1)?.[0]?.signal?.aborted).toBe(true);
});

it('asks nothing while it is not enabled', () => {
  const backend = createFakeBackend();
  render(createQueryPage().page(backend, <Streams enabled={false} />));

  expect(backend.listStreams).not.toHaveBeenCalled();
});

it('without a backend throws, naming the fix', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});

  expect(() => render(createQueryPage().page(undefined, <Streams />))).toThrow(
    /^useStreams needs a backend: .*outside of rendering.* <SecurePlayerProvider backend={backend}>/,
  );
});
