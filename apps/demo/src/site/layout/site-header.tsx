import { SignOut } from '../account/sign-out.js';
import { usePlanName, useSession } from '../account/site-services.js';
import { Link } from '../navigation/link.js';
import { useLocation } from '../navigation/navigation.js';
import { SITE_NAME } from '../navigation/page.js';
import { DownloadsLink } from '../offline/downloads-link.js';
import { matchRoute, signInPath } from '../routes.js';
import { Sun } from './sun.js';

/** The site's name, and who is signed in. */
export function SiteHeader({ isOverPicture }: { isOverPicture: boolean }) {
  return (
    <header className="site-header" data-over-picture={isOverPicture || undefined}>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <Link className="brand" to="/">
        <Sun />
        <span className="brand-name">{SITE_NAME}</span>
      </Link>
      <nav className="account-nav" aria-label="Downloads and account">
        <AccountNav />
      </nav>
    </header>
  );
}

function AccountNav() {
  const session = useSession();
  const plan = usePlanName();
  const location = useLocation();
  const { page } = matchRoute(location);

  return (
    <>
      <DownloadsLink isCurrent={page === 'downloads'} />
      {session && (
        <>
          <Link className="account-chip" to="/plans" title={session.account.name}>
            {plan}
          </Link>
          <SignOut session={session} />
        </>
      )}
      {!session && page !== 'sign-in' && (
        <Link className="button" data-small="" to={signInPath(location)}>
          Sign in
        </Link>
      )}
    </>
  );
}
