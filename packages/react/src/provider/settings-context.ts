'use client';

import type { Authorize, EntitlementBackend, OfflineTitles, ViewerMessages } from '@secure-player/core';
import { createContext, useContext, type Context } from 'react';

/** What the provider hands down. */
export interface SecurePlayerSettings {
  readonly authorize: Authorize | undefined;
  readonly authorizedOrigins: readonly string[];
  readonly authorizeSegments: boolean;
  readonly backend: EntitlementBackend | undefined;
  readonly downloads: OfflineTitles | undefined;
  readonly messages: ViewerMessages;
}

/** No origins but the page's own and those of its license servers. */
export const NO_ORIGINS: readonly string[] = Object.freeze([]);

/** The settings of the nearest provider; null outside of one. Apart from the provider, which brings all texts along. */
export const SettingsContext: Context<SecurePlayerSettings | null> =
  createContext<SecurePlayerSettings | null>(null);

const NO_AUTHORIZATION = Object.freeze({ authorize: undefined, authorizedOrigins: NO_ORIGINS });

/** How requests get their credentials, for hooks that show no words. */
export function useAuthorization(): Pick<SecurePlayerSettings, 'authorize' | 'authorizedOrigins'> {
  return useContext(SettingsContext) ?? NO_AUTHORIZATION;
}
