// @vitest-environment jsdom
import type { Authorize, OfflineTitles, Prefetcher, Source } from '@secure-player/core';
import { cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { PrefetcherContext } from './prefetcher-context.js';
import { SecurePlayerProvider } from '../provider/secure-player-provider.js';
import '../testing/fake-engine.js';
import { usePrefetch } from './use-prefetch.js';

afterEach(cleanup);

const SOURCE: Source = { src: '/film.mpd' };

function setup(initial?: Authorize) {
  const prefetcher = vi.fn<Prefetcher>(async () => {});
  const state = { authorize: initial };
  const downloads: OfflineTitles = { open: async () => null, renewLicense: async () => {} };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <PrefetcherContext.Provider value={prefetcher}>
      <SecurePlayerProvider authorize={state.authorize} downloads={downloads}>
        {children}
      </SecurePlayerProvider>
    </PrefetcherContext.Provider>
  );
  const hook = renderHook(() => usePrefetch(), { wrapper });
  const requests = () => prefetcher.mock.calls.map(([request]) => request);

  return { ...hook, state, downloads, prefetcher, requests };
}

describe('usePrefetch', () => {
  it('fetches nothing by itself, and ahead when it is told to', () => {
    const { result, prefetcher, requests } = setup();
    expect(prefetcher).not.toHaveBeenCalled();
    result.current(SOURCE, { keySystem: true });

    expect(requests()).toEqual([
      expect.objectContaining({
        keySystem: true,
        source: expect.objectContaining({ src: '/film.mpd', type: 'dash', source: SOURCE }),
      }),
    ]);
  });

  it('is told what is on this device', () => {
    const { result, requests, downloads } = setup();
    result.current(SOURCE);

    expect(requests()[0]?.offlineTitles).toBe(downloads);
  });

  it('gives the same function at each render', () => {
    const { result, rerender } = setup();
    const before = result.current;
    rerender();

    expect(result.current).toBe(before);
  });

  it('is called off by what it returns, and by nothing else', () => {
    const { result, requests, unmount } = setup();
    const cancel = result.current(SOURCE);
    result.current({ src: '/other.mpd' });
    unmount();
    expect(requests().map(({ signal }) => signal.aborted)).toEqual([false, false]);

    cancel();
    cancel();
    expect(requests().map(({ signal }) => signal.aborted)).toEqual([true, false]);
  });

  it('asks the page for credentials as it is then', async () => {
    const { result, state, rerender, requests } = setup(() => 'first');
    result.current(SOURCE);
    state.authorize = () => 'second';
    rerender();

    const [request] = requests();
    const headers = await request?.authorizer.headersFor({
      purpose: 'manifest',
      url: '/film.mpd',
      reason: 'initial',
      signal: request.signal,
    });
    expect(headers).toEqual({ authorization: 'Bearer second' });
  });

  it('leaves a source that cannot be played to the player, which says why', () => {
    const { result, prefetcher } = setup();

    expect(() => result.current({ src: '/film' })()).not.toThrow();
    expect(prefetcher).not.toHaveBeenCalled();
  });
});
