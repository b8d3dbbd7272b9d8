import type { Entitlement, EntitlementBackend, PlaybackError, Source } from '@secure-player/core';
import {
  QueryClient,
  useQuery,
  useSuspenseQuery,
  type UseQueryResult,
  type UseSuspenseQueryResult,
} from '@tanstack/react-query';
import { expectTypeOf, it } from 'vitest';

import {
  entitlementQueryOptions,
  securePlayerKeys,
  streamsQueryOptions,
  useEntitlement,
  useStreams,
  type AccountStream,
  type UseEntitlementOptions,
} from './index.js';

declare const backend: EntitlementBackend;

it('gives answers and errors their types, by every way to ask', () => {
  const options = entitlementQueryOptions(backend, 'film');

  expectTypeOf(useEntitlement('film')).toEqualTypeOf<UseQueryResult<Entitlement, PlaybackError>>();
  expectTypeOf(useQuery(options)).toEqualTypeOf<UseQueryResult<Entitlement, PlaybackError>>();
  expectTypeOf(useSuspenseQuery(options)).toEqualTypeOf<UseSuspenseQueryResult<Entitlement, PlaybackError>>();
  expectTypeOf(useStreams()).toEqualTypeOf<UseQueryResult<readonly AccountStream[], PlaybackError>>();
  expectTypeOf(useSuspenseQuery(streamsQueryOptions(backend)).data).toEqualTypeOf<readonly AccountStream[]>();
});

it('types what the cache holds by the key', () => {
  const client = new QueryClient();

  expectTypeOf(client.getQueryData(entitlementQueryOptions(backend, 'film').queryKey)).toEqualTypeOf<
    Entitlement | undefined
  >();
  expectTypeOf(client.fetchQuery(streamsQueryOptions(backend))).resolves.toEqualTypeOf<
    readonly AccountStream[]
  >();
});

it('gives a source that a player takes', () => {
  expectTypeOf<Entitlement['source']>().toEqualTypeOf<Source>();
});

it('knows the formats that there are', () => {
  expectTypeOf<UseEntitlementOptions['format']>().toEqualTypeOf<'dash' | 'dash-cbcs' | 'hls' | undefined>();
});

it('has no key that belongs to no account', () => {
  expectTypeOf(securePlayerKeys.streams).parameter(0).toEqualTypeOf<{ readonly account: string | null }>();
});
