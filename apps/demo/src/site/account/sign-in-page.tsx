import { navigate } from '../navigation/navigation.js';
import { Page } from '../navigation/page.js';
import { AccountCards } from './account-cards.js';
import { DEMO_PASSWORD } from './demo-accounts.js';
import { usePlanName } from './site-services.js';

import './account.css';

/** Picks an account, and goes back to where the visitor came from. */
export function SignInPage({ returnTo }: { returnTo: string }) {
  const current = usePlanName();

  return (
    <Page title="Sign in" className="account-page">
      <header className="account-header">
        <h1>Who is watching?</h1>
        <p>
          Three accounts, three answers from the license server. Their password, “{DEMO_PASSWORD}”, is public
          and filled in for you.
        </p>
      </header>
      <AccountCards current={current} onSignedIn={() => navigate(returnTo, 'replace')} />
    </Page>
  );
}
