// @vitest-environment jsdom
import { PlaybackError, type PlaybackErrorCode } from '@secure-player/core';
import { QueryClientProvider, useSuspenseQuery } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { createFakeBackend, createQueryPage, entitlementTo } from '../testing/fake-backend.js';
import '../testing/fake-engine.js';
import { entitlementQueryOptions } from './entitlement-query-options.js';
import { securePlayerKeys } from './secure-player-keys.js';
import { useEntitlement, type UseEntitlementOptions } from './use-entitlement.js';

afterEach(cleanup);

function Rights({ of, ...options }: { of: string } & UseEntitlementOptions) {
  const { data, error } = useEntitlement(of, options);
  return <p>{error?.code ?? data?.plan ?? 'waiting'}</p>;
}

describe('useEntitlement', () => {
  it('asks once, however many components want it and however often they mount', async () => {
    const backend = createFakeBackend();
    const { page } = createQueryPage();
    const children = (
      <>
        <Rights of="film" />
        <Rights of="film" />
      </>
    );
    const { rerender } = render(page(backend, children));
    await waitFor(() => expect(screen.getAllByText('premium')).toHaveLength(2));

    rerender(page(backend, children));
    expect(backend.getEntitlement).toHaveBeenCalledExactlyOnceWith('film', {
      format: undefined,
      signal: expect.any(AbortSignal),
    });
  });

  it('asks for another title or format anew', async () => {
    const backend = createFakeBackend();
    const { page, keys } = createQueryPage();
    render(
      page(
        backend,
        <>
          <Rights of="film" />
          <Rights of="film" format="hls" />
          <Rights of="trailer" />
        </>,
      ),
    );
    await waitFor(() => expect(screen.getAllByText('premium')).toHaveLength(3));

    expect(keys()).toEqual([
      ['secure-player', 'a1', 'entitlement', 'film'],
      ['secure-player', 'a1', 'entitlement', 'film', 'hls'],
      ['secure-player', 'a1', 'entitlement', 'trailer'],
    ]);
    expect(backend.getEntitlement).toHaveBeenCalledTimes(3);
  });

  it.each<PlaybackErrorCode>([
    'authentication-required',
    'session-expired',
    'subscription-expired',
    'plan-insufficient',
    'content-not-found',
    'license-refused',
    'license-malformed',
    'authorize-failed',
  ])('does not ask again after a refusal: %s', async (code) => {
    const backend = createFakeBackend();
    backend.getEntitlement.mockRejectedValue(new PlaybackError(code));
    render(createQueryPage().page(backend, <Rights of="film" />));

    await screen.findByText(code);
    expect(backend.getEntitlement).toHaveBeenCalledOnce();
  });

  const PASSING: PlaybackErrorCode[] = [
    'entitlement-failed',
    'license-server-error',
    'license-unreachable',
    'license-timeout',
  ];

  it.each(PASSING)('asks again after a failure that may pass: %s', async (code) => {
    const backend = createFakeBackend();
    backend.getEntitlement.mockRejectedValueOnce(new PlaybackError(code));
    render(createQueryPage().page(backend, <Rights of="film" />));

    await screen.findByText('premium');
    expect(backend.getEntitlement).toHaveBeenCalledTimes(2);
  });

  it.each(PASSING)('gives up after two more attempts: %s', async (code) => {
    const backend = createFakeBackend();
    backend.getEntitlement.mockRejectedValue(new PlaybackError(code));
    render(createQueryPage().page(backend, <Rights of="film" />));

    await screen.findByText(code);
    expect(backend.getEntitlement).toHaveBeenCalledTimes(3);
  });

  it('aborts a request that nobody waits for any more', async () => {
    const backend = createFakeBackend();
    const signals: (AbortSignal | undefined)[] = [];
    backend.getEntitlement.mockImplementation((_, options) => {
      signals.push(options?.signal);
      return new Promise(() => {});
    });
    const { unmount } = render(createQueryPage().page(backend, <Rights of="film" />));
    await waitFor(() => expect(signals.at(-1)?.aborted).toBe(false));

    unmount();
    expect(signals.every((signal) => signal?.aborted)).toBe(true);
  });

  it('asks nothing while it is not enabled', async () => {
    const backend = createFakeBackend();
    render(createQueryPage().page(backend, <Rights of="film" enabled={false} />));

    expect(screen.getByText('waiting')).toBeDefined();
    expect(backend.getEntitlement).not.toHaveBeenCalled();
  });

  it('without a backend throws, naming the fix', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});

    expect(() => render(createQueryPage().page(undefined, <Rights of="film" />))).toThrow(
      /^useEntitlement needs a backend: .*outside of rendering.* <SecurePlayerProvider backend={backend}>/,
    );
  });
});

describe('another account', () => {
  it('never sees what the one before it was told, and asks for itself', async () => {
    const { page } = createQueryPage();
    const seen: (string | null | undefined)[] = [];
    const Watch = () => {
      const { data } = useEntitlement('film');
      seen.push(data?.plan);
      return <p>{data?.plan ?? 'waiting'}</p>;
    };
    const { rerender } = render(page(createFakeBackend('a1', 'premium'), <Watch />));
    await screen.findByText('premium');
    seen.length = 0;

    rerender(page(createFakeBackend('a2', 'basic'), <Watch />));
    await screen.findByText('basic');
    expect(seen).not.toContain('premium');
  });

  it('leaves nothing of the one before it in memory', async () => {
    const { page, keys } = createQueryPage();
    const children = (
      <>
        <Rights of="film" />
        <Rights of="trailer" />
      </>
    );
    const { rerender } = render(page(createFakeBackend('a1'), children));
    await waitFor(() => expect(screen.getAllByText('premium')).toHaveLength(2));

    rerender(page(createFakeBackend(null, 'basic'), children));
    await waitFor(() => expect(screen.getAllByText('basic')).toHaveLength(2));
    expect(keys()).toEqual([
      ['secure-player', null, 'entitlement', 'film'],
      ['secure-player', null, 'entitlement', 'trailer'],
    ]);
  });

  it('does not wait for a request of the one before it', async () => {
    const { page } = createQueryPage();
    const first = createFakeBackend('a1');
    first.getEntitlement.mockImplementation(() => new Promise(() => {}));
    const { rerender } = render(page(first, <Rights of="film" />));
    await screen.findByText('waiting');

    rerender(page(createFakeBackend('a2', 'basic'), <Rights of="film" />));
    await screen.findByText('basic');
    const [, options] = first.getEntitlement.mock.calls.at(-1) ?? [];
    expect(options?.signal?.aborted).toBe(true);
  });

  it('is not what another backend of the same account is', async () => {
    const { page } = createQueryPage();
    const { rerender } = render(page(createFakeBackend('a1'), <Rights of="film" />));
    await screen.findByText('premium');

    rerender(page(createFakeBackend('a1', 'basic'), <Rights of="film" />));
    expect(screen.getByText('premium')).toBeDefined();
  });
});

describe('entitlementQueryOptions', () => {
  it('suspends', async () => {
    const backend = createFakeBackend();
    const { client } = createQueryPage();
    const Film = () => <p>{useSuspenseQuery(entitlementQueryOptions(backend, 'film')).data.source.src}</p>;
    render(
      <QueryClientProvider client={client}>
        <Suspense fallback={<p>waiting</p>}>
          <Film />
        </Suspense>
      </QueryClientProvider>,
    );

    await screen.findByText('/film.mpd');
    expect(backend.getEntitlement).toHaveBeenCalledOnce();
  });

  it('serves a loader, which the hook then need not wait for', async () => {
    const backend = createFakeBackend();
    const { client, page } = createQueryPage();
    await client.ensureQueryData(entitlementQueryOptions(backend, 'film'));
    client.setQueryDefaults(securePlayerKeys.all, { staleTime: Number.POSITIVE_INFINITY });

    render(page(backend, <Rights of="film" />));
    expect(screen.getByText('premium')).toBeDefined();
    expect(backend.getEntitlement).toHaveBeenCalledOnce();
  });

  it('is asked again when it is invalidated: one title, one account, or all', async () => {
    const backend = createFakeBackend();
    const { client, page } = createQueryPage();
    render(page(backend, <Rights of="film" />));
    await screen.findByText('premium');

    for (const queryKey of [
      securePlayerKeys.all,
      securePlayerKeys.account(backend),
      securePlayerKeys.entitlements(backend),
      securePlayerKeys.entitlement(backend, 'film'),
    ]) {
      backend.getEntitlement.mockClear();
      await client.invalidateQueries({ queryKey });
      expect(backend.getEntitlement).toHaveBeenCalledOnce();
    }

    await client.invalidateQueries({ queryKey: securePlayerKeys.account({ account: 'a2' }) });
    expect(backend.getEntitlement).toHaveBeenCalledOnce();
  });

  it('keeps nothing that was not asked for, and no function', async () => {
    const { client } = createQueryPage();
    const data = await client.fetchQuery(entitlementQueryOptions(createFakeBackend(), 'film'));

    expect(data).toEqual(entitlementTo('film'));
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  });
});
