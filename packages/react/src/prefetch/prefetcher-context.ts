'use client';

import type { Prefetcher } from '@secure-player/core';
import { createShakaPrefetcher } from '@secure-player/shaka';
import { createContext, type Context } from 'react';

/** What fetches ahead for the engines. Not exported by the package: its tests put one here that fetches nothing. */
export const PrefetcherContext: Context<Prefetcher> = createContext<Prefetcher>(createShakaPrefetcher());
