import { createHttpBackend, SecurePlayerProvider, type Authorize } from '@secure-player/react';
import type { ReactNode } from 'react';

interface Session {
  /** The bearer token; another one when that has been refused. */
  token(options: { fresh: boolean }): Promise<string>;
}

interface ProvidersProps {
  readonly session: Session;
  readonly children: ReactNode;
}

const backend = createHttpBackend({ baseUrl: '/' });

export function Providers({ session, children }: ProvidersProps) {
  const authorize: Authorize = async ({ reason }) => session.token({ fresh: reason === 'unauthorized' });

  return (
    <SecurePlayerProvider
      authorize={authorize}
      authorizedOrigins={['https://license.example.com']}
      backend={backend}
    >
      {children}
    </SecurePlayerProvider>
  );
}
