import { createContext, useContext, useState, useSyncExternalStore, type ReactNode } from 'react';

import { createApi, type Api } from '../api/api.js';
import { DownloadsService } from '../offline/downloads-service.js';
import { connectShell } from '../shell/connect-shell.js';
import { ShellUpdates } from '../shell/shell-updates.js';
import { planName } from './demo-accounts.js';
import { readDeviceId } from './device-id.js';
import { findStorage } from './find-storage.js';
import { SessionStore, type Session } from './session-store.js';

/** What all pages share. */
export interface SiteServices {
  readonly api: Api;
  readonly sessions: SessionStore;
  readonly downloads: DownloadsService;
  readonly shell: ShellUpdates;
}

const ServicesContext = createContext<SiteServices | null>(null);

/** Makes the services of this tab. */
export function createSiteServices(): SiteServices {
  const sessions = new SessionStore(findStorage('sessionStorage'));
  const deviceId = readDeviceId(findStorage('localStorage'));
  const api = createApi({
    deviceId,
    fetch: (...request) => globalThis.fetch(...request),
    token: sessions.token,
    onSessionExpired: () => sessions.end(),
  });

  const downloads = new DownloadsService(async () => {
    const { openDownloads } = await import('../offline/open-downloads.js');
    return openDownloads(sessions.token, deviceId);
  });
  const shell = new ShellUpdates(connectShell, () => location.reload());

  return { api, sessions, downloads, shell };
}

/** Hands the services down. */
export function SiteServicesProvider({
  services,
  children,
}: {
  services: SiteServices;
  children: ReactNode;
}) {
  return <ServicesContext.Provider value={services}>{children}</ServicesContext.Provider>;
}

/** The services of this tab. */
export function useSiteServices(): SiteServices {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('useSiteServices must be used below <SiteServicesProvider>.');

  return services;
}

/** Who is signed in, or null. */
export function useSession(): Session | null {
  const { sessions } = useSiteServices();
  return useSyncExternalStore(sessions.subscribe, sessions.get);
}

/** What the plan of whoever is signed in is called; undefined when nobody is. A subscription that ends on the open page shows later. */
export function usePlanName(): string | undefined {
  const session = useSession();
  const [now] = useState(Date.now);

  return session ? planName(session.account, now) : undefined;
}
