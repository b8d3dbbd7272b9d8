import { createHttpBackend, SecurePlayerProvider } from '@secure-player/react';
import { useMemo, type ReactNode } from 'react';

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
import { matchRoute, type Route } from './routes.js';
import { WatchPage } from './watch/watch-page.js';

/** The whole site. */
export function App({ services }: { services: SiteServices }) {
  const route = matchRoute(useLocation());

  return (
    <SiteServicesProvider services={services}>
      <Players>
        <SiteHeader isOverPicture={route.page === 'catalog' || route.page === 'watch'} />
        <CurrentPage route={route} />
        <SiteFooter />
      </Players>
    </SiteServicesProvider>
  );
}

/** What all players share: credentials, and the backend where they keep their streams. */
function Players({ children }: { children: ReactNode }) {
  const { sessions } = useSiteServices();
  const account = useSession()?.account.id ?? null;
  const backend = useMemo(
    () => createHttpBackend({ baseUrl: '/', authorize: sessions.token, account }),
    [sessions, account],
  );

  return (
    <SecurePlayerProvider authorize={sessions.token} backend={backend}>
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
