'use client';

import { ENGLISH_MESSAGES, type Authorize, type ViewerMessages } from '@secure-player/core';
import { createContext, useContext, useMemo, type ReactElement, type ReactNode } from 'react';

/** Props of {@link SecurePlayerProvider}. */
export interface SecurePlayerProviderProps {
  /**
   * Gives requests their credentials. Called for the page's own origin, for the origins of configured license URLs and
   * for `authorizedOrigins`; one 401 calls it again with the reason `unauthorized`.
   */
  authorize?: Authorize | undefined;
  /** Further origins that may see a credential. @default [] */
  authorizedOrigins?: readonly string[] | undefined;
  /** The texts that viewers read. @default ENGLISH_MESSAGES */
  messages?: ViewerMessages | undefined;
  children?: ReactNode;
}

/** What the provider hands down. */
export interface SecurePlayerSettings {
  readonly authorize: Authorize | undefined;
  readonly authorizedOrigins: readonly string[];
  readonly messages: ViewerMessages;
}

const DEFAULT_SETTINGS: SecurePlayerSettings = Object.freeze({
  authorize: undefined,
  authorizedOrigins: [],
  messages: ENGLISH_MESSAGES,
});

const SettingsContext = createContext<SecurePlayerSettings>(DEFAULT_SETTINGS);

/** Settings that all players below share. Optional: a player without one plays titles that need no credentials. */
export function SecurePlayerProvider({
  authorize,
  authorizedOrigins = DEFAULT_SETTINGS.authorizedOrigins,
  messages = ENGLISH_MESSAGES,
  children,
}: SecurePlayerProviderProps): ReactElement {
  const settings = useMemo(
    () => ({ authorize, authorizedOrigins, messages }),
    [authorize, authorizedOrigins, messages],
  );

  return <SettingsContext.Provider value={settings}>{children}</SettingsContext.Provider>;
}

/** The settings of the nearest provider, or the defaults. */
export function useSecurePlayerSettings(): SecurePlayerSettings {
  return useContext(SettingsContext);
}
