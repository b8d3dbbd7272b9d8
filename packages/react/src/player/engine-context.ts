'use client';

import type { PlayerEngineFactory } from '@secure-player/core';
import { createShakaEngineFactory, type ShakaEngineOptions } from '@secure-player/shaka';
import { createContext, type Context } from 'react';

/** Makes the factory for the engines of one player. */
export type EngineFactoryMaker = (options: ShakaEngineOptions) => PlayerEngineFactory;

/** Which engine the players below use. Not exported by the package: its tests put an engine here that plays nothing. */
export const EngineContext: Context<EngineFactoryMaker> =
  createContext<EngineFactoryMaker>(createShakaEngineFactory);
