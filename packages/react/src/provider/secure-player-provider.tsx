'use client';

import {
  ENGLISH_MESSAGES,
  type Authorize,
  type EntitlementBackend,
  type OfflineTitles,
  type ViewerMessages,
} from '@secure-player/core';
import { useContext, useMemo, type ReactElement, type ReactNode } from 'react';

import { NO_ORIGINS, SettingsContext, type SecurePlayerSettings } from './settings-context.js';

/** Props of {@link SecurePlayerProvider}. */
export interface SecurePlayerProviderProps {
  /**
   * Gives requests their credentials. Called for the page's own origin, for the origins of configured license URLs and
   * for `authorizedOrigins`; one 401 calls it again with the reason `unauthorized`.
   */
  authorize?: Authorize | undefined;
  /** Further origins that may see a credential. @default [] */
  authorizedOrigins?: readonly string[] | undefined;
  /**
   * Whether `authorize` is asked for each media segment too, for origins that want a credential there. Segments of another
   * origin then cost a preflight each. Downloads have an option of the same name. @default false
   */
  authorizeSegments?: boolean | undefined;
  /**
   * Where hooks such as `useEntitlement` ask about rights, and where players of a source with a `session` keep their stream.
   * Made outside of rendering, or by `useMemo`: another one when somebody else signs in, and no more often, for each takes the
   * stream anew.
   */
  backend?: EntitlementBackend | undefined;
  /**
   * What is kept on this device: players below play a title with an `id` from there, and the hooks of
   * `@secure-player/react/offline` need what its `createDownloads` made. Made once, outside of rendering; it is the page's to
   * destroy.
   */
  downloads?: OfflineTitles | undefined;
  /** The texts that viewers read; `createMessages` makes a catalogue of the page's own. @default ENGLISH_MESSAGES */
  messages?: ViewerMessages | undefined;
  children?: ReactNode;
}

const DEFAULT_SETTINGS: SecurePlayerSettings = Object.freeze({
  authorize: undefined,
  authorizedOrigins: NO_ORIGINS,
  authorizeSegments: false,
  backend: undefined,
  downloads: undefined,
  messages: ENGLISH_MESSAGES,
});

/** Settings that all players below share. Optional: a player without one plays titles that need no credentials. */
export function SecurePlayerProvider({
  authorize,
  authorizedOrigins = NO_ORIGINS,
  authorizeSegments = false,
  backend,
  downloads,
  messages = ENGLISH_MESSAGES,
  children,
}: SecurePlayerProviderProps): ReactElement {
  const settings = useMemo(
    () => ({ authorize, authorizedOrigins, authorizeSegments, backend, downloads, messages }),
    [authorize, authorizedOrigins, authorizeSegments, backend, downloads, messages],
  );

  return <SettingsContext.Provider value={settings}>{children}</SettingsContext.Provider>;
}

/** The settings of the nearest provider, or the defaults. */
export function useSecurePlayerSettings(): SecurePlayerSettings {
  return useContext(SettingsContext) ?? DEFAULT_SETTINGS;
}

/**
 * The backend of the nearest provider.
 *
 * @throws Error where there is none: a mistake in the page, not a state of playback.
 */
export function useBackend(hook: string): EntitlementBackend {
  const { backend } = useSecurePlayerSettings();
  if (!backend) {
    throw new Error(
      `${hook} needs a backend: make one by createHttpBackend, outside of rendering, and render this below <SecurePlayerProvider backend={backend}>.`,
    );
  }

  return backend;
}
