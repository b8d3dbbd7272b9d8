'use client';

import type { PlayerEngineFactory, Prefetcher } from '@secure-player/core';
import {
  createShakaEngineFactory,
  createShakaPrefetcher,
  type ShakaEngineOptions,
} from '@secure-player/shaka';
import { createContext, type Context } from 'react';

/** Makes the factory for the engines of one player. */
export type EngineFactoryMaker = (options: ShakaEngineOptions) => PlayerEngineFactory;

/** Which engine the players below use. Not exported by the package: its tests put an engine here that plays nothing. */
export const EngineContext: Context<EngineFactoryMaker> =
  createContext<EngineFactoryMaker>(createShakaEngineFactory);

/** What fetches ahead for those engines. Not exported by the package either. */
export const PrefetcherContext: Context<Prefetcher> = createContext<Prefetcher>(createShakaPrefetcher());
