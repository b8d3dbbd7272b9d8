import { createHttpBackend, SecurePlayerProvider } from '@secure-player/react';
import { useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react';

import {
  SiteServicesProvider,
  useSession,
  useSiteServices,
  type SiteServices,
} from './account/site-services.js';
import { PlansPage } from './account/plans-page.js';
import { SignInPage } from './account/sign-in-page.js';
import { CatalogPage } from './catalog/catalog-page.js';
import { NotFoundPage } from './layout/not-found-page.js';
import { SiteFooter } from './layout/site-footer.js';
import { SiteHeader } from './layout/site-header.js';
import { useLocation } from './navigation/navigation.js';
import { DownloadsPage } from './offline/downloads-page.js';
import { NetworkBanner } from './offline/network-banner.js';
import { startWhenIdle } from './offline/start-when-idle.js';
import { matchRoute, type Route } from './routes.js';
import { UpdateNotice } from './shell/update-notice.js';
import { WatchPage } from './watch/watch-page.js';

/** The whole site. */
export function App({ services }: { services: SiteServices }) {
  const route = matchRoute(useLocation());

  return (
    <SiteServicesProvider services={services}>
      <Players>
        <DownloadsStart isWantedNow={route.page === 'watch' || route.page === 'downloads'} />
        <SiteHeader isOverPicture={route.page === 'catalog' || route.page === 'watch'} />
        <CurrentPage route={route} />
        <SiteFooter />
        <div className="notices">
          <NetworkBanner isOnDownloads={route.page === 'downloads'} />
          <UpdateNotice />
        </div>
      </Players>
    </SiteServicesProvider>
  );
}

/** Starts the downloads: at once where a page waits for them, else when the browser has nothing better to do. */
function DownloadsStart({ isWantedNow }: { isWantedNow: boolean }) {
  const { downloads } = useSiteServices();

  useEffect(() => (isWantedNow ? downloads.start() : startWhenIdle(downloads)), [downloads, isWantedNow]);
  return null;
}

/** What all players share: credentials, the backend where they keep their streams, and what is on this device. */
function Players({ children }: { children: ReactNode }) {
  const { sessions, downloads: service } = useSiteServices();
  const downloads = useSyncExternalStore(service.subscribe, service.downloads);
  const account = useSession()?.account.id ?? null;
  const backend = useMemo(
    () => createHttpBackend({ baseUrl: '/', authorize: sessions.token, account }),
    [sessions, account],
  );

  return (
    <SecurePlayerProvider authorize={sessions.token} backend={backend} downloads={downloads}>
      {children}
    </SecurePlayerProvider>
  );
}

function CurrentPage({ route }: { route: Route }) {
  switch (route.page) {
    case 'catalog':
      return <CatalogPage />;
    case 'watch':
      return <WatchPage key={route.contentId} contentId={route.contentId} choices={route.choices} />;
    case 'downloads':
      return <DownloadsPage />;
    case 'sign-in':
      return <SignInPage returnTo={route.returnTo} />;
    case 'plans':
      return <PlansPage returnTo={route.returnTo} />;
    case 'not-found':
      return <NotFoundPage />;
    default:
      return route satisfies never;
  }
}
