import { useState } from 'react';

import { toApiError } from '../api/api-error.js';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, type DemoAccount } from './demo-accounts.js';
import { useSiteServices } from './site-services.js';

/** Props of {@link AccountCards}. */
export interface AccountCardsProps {
  /** The name of the account that is signed in, which gets no button. */
  current?: string | undefined;
  onSignedIn: () => void;
}

/** One card per demo account; its button signs in with the published password. */
export function AccountCards({ current, onSignedIn }: AccountCardsProps) {
  const { signIn, pending, failure } = useSignIn(onSignedIn);

  return (
    <>
      <p className="account-failure" role="alert">
        {failure}
      </p>
      <ul className="account-cards">
        {DEMO_ACCOUNTS.map((account) => (
          <li key={account.username} className="account-card" data-account={account.username}>
            <AccountSummary account={account} />
            {account.name === current ? (
              <p className="account-current">You are signed in with this account</p>
            ) : (
              <button
                className="button"
                data-primary={account.username === 'premium' || undefined}
                type="button"
                disabled={pending !== null}
                aria-busy={pending === account.username}
                onClick={() => signIn(account)}
              >
                Continue as {account.name}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function AccountSummary({ account }: { account: DemoAccount }) {
  return (
    <>
      <h2 className="account-name">{account.name}</h2>
      <p className="account-offer">{account.offer}</p>
      <ul className="account-details">
        {account.details.map(({ isIncluded, text }) => (
          <li key={text} data-included={isIncluded}>
            <Mark isIncluded={isIncluded} />
            {text}
          </li>
        ))}
      </ul>
    </>
  );
}

function Mark({ isIncluded }: { isIncluded: boolean }) {
  return (
    <svg className="account-mark" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={isIncluded ? 'M3 8.5l3.2 3.2L13 5' : 'M4.5 8h7'}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
      />
    </svg>
  );
}

function useSignIn(onSignedIn: () => void) {
  const { api, sessions } = useSiteServices();
  const [pending, setPending] = useState<string | null>(null);
  const [failure, setFailure] = useState('');

  const run = async (username: string): Promise<void> => {
    setPending(username);
    setFailure('');
    try {
      const previous = sessions.token();
      sessions.start(await api.logIn({ username, password: DEMO_PASSWORD }));
      // The old token is of no more use to anybody; that it stays valid when this fails does no harm to the visitor.
      if (previous !== null) await api.logOut(previous).catch(() => {});
      onSignedIn();
    } catch (error) {
      setFailure(toApiError(error).message);
    } finally {
      setPending(null);
    }
  };

  return { signIn: ({ username }: DemoAccount) => void run(username), pending, failure };
}
