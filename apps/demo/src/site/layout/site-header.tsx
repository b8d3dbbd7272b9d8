import { usePlanName, useSession, useSiteServices } from '../account/site-services.js';
import { Link } from '../navigation/link.js';
import { useLocation } from '../navigation/navigation.js';
import { SITE_NAME } from '../navigation/page.js';
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
      <nav className="account-nav" aria-label="Account">
        <AccountNav />
      </nav>
    </header>
  );
}

function AccountNav() {
  const session = useSession();
  const plan = usePlanName();
  const { api, sessions } = useSiteServices();
  const location = useLocation();

  if (!session) {
    if (matchRoute(location).page === 'sign-in') return null;
    return (
      <Link className="button" data-small="" to={signInPath(location)}>
        Sign in
      </Link>
    );
  }

  const signOut = (): void => {
    const { token } = session;
    sessions.end();
    // The token is forgotten here either way; on the server it ends by itself if this never arrives.
    api.logOut(token).catch(() => {});
  };
  return (
    <>
      <Link className="account-chip" to="/plans" title={session.account.name}>
        {plan}
      </Link>
      <button className="button" data-small="" type="button" onClick={signOut}>
        Sign out
      </button>
    </>
  );
}
