import { createHttpBackend, SecurePlayerProvider, type Authorize } from '@secure-player/react';
import { useMemo, type ReactNode } from 'react';

interface Session {
  /** Any id that is another one for each account; null while nobody is signed in. */
  readonly accountId: string | null;
  /** Gives the bearer token; another one for the reason `unauthorized`. The same function each time. */
  readonly authorize: Authorize;
}

interface ProvidersProps {
  readonly session: Session;
  readonly children: ReactNode;
}

/** Made once. */
const LICENSE_ORIGINS = ['https://license.example.com'];

export function Providers({ session, children }: ProvidersProps) {
  const { authorize, accountId } = session;
  // One for each account: another backend gives the stream back and takes it anew.
  const backend = useMemo(
    () => createHttpBackend({ baseUrl: '/', authorize, account: accountId }),
    [authorize, accountId],
  );

  return (
    <SecurePlayerProvider authorize={authorize} authorizedOrigins={LICENSE_ORIGINS} backend={backend}>
      {children}
    </SecurePlayerProvider>
  );
}
