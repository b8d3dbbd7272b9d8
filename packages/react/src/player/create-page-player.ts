'use client';

import {
  LicenseClient,
  Player,
  type CmcdOptions,
  type KeyStatusPolicy,
  type OfflineTitles,
  type TrackPreferences,
} from '@secure-player/core';

import { createPageAuthorizer, type PageCredentials } from './create-page-authorizer.js';
import type { EngineFactoryMaker } from './engine-context.js';

/** What a player reads from the page, each time anew. */
export interface PageSettings extends PageCredentials, TrackPreferences {
  readonly keyStatusPolicy: KeyStatusPolicy | undefined;
  readonly downloads: OfflineTitles | undefined;
  readonly cmcd: boolean | CmcdOptions | undefined;
  readonly engineConfig: { readonly shaka?: object | undefined } | undefined;
}

/** Makes a player for this page. It does nothing before it is attached, so it may be made on a server too. */
export function createPagePlayer(settings: () => PageSettings, makeFactory: EngineFactoryMaker): Player {
  const authorizer = createPageAuthorizer(settings);

  return new Player({
    authorizer,
    licenseClient: new LicenseClient({ authorizer }),
    keyStatusPolicy: () => settings().keyStatusPolicy,
    trackPreferences: settings,
    offlineTitles: () => settings().downloads,
    createEngine: makeFactory({
      configuration: () => settings().engineConfig?.shaka,
      cmcd: () => settings().cmcd,
    }),
  });
}
