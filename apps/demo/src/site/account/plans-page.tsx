import { navigate } from '../navigation/navigation.js';
import { Page } from '../navigation/page.js';
import { AccountCards } from './account-cards.js';
import { PlayingNow } from './playing-now.js';
import { usePlanName } from './site-services.js';
import { YourDevices } from './your-devices.js';

import './account.css';

/** Where "See plans" leads: what each plan opens. Nothing is sold here, so changing the plan is changing the account. */
export function PlansPage({ returnTo }: { returnTo: string }) {
  const current = usePlanName();

  return (
    <Page title="Plans" className="account-page">
      <header className="account-header">
        <h1>{headingFor(current)}</h1>
        <p>This demo sells nothing. Continue with another account to see what its plan opens.</p>
      </header>
      <PlayingNow />
      <YourDevices />
      <AccountCards current={current} onSignedIn={() => navigate(returnTo, 'replace')} />
    </Page>
  );
}

function headingFor(plan: string | undefined): string {
  switch (plan) {
    case 'Expired':
      return 'Your subscription has ended';
    case 'Basic':
      return 'There is more in Premium';
    case 'Premium':
      return 'You have it all';
    default:
      return 'Choose a plan';
  }
}
