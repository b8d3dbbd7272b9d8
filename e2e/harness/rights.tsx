import '@secure-player/react/styles.css';

import { createHttpBackend, SecurePlayer, SecurePlayerProvider, usePrefetch } from '@secure-player/react';
import { useEntitlement, useStreams } from '@secure-player/react/query';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useEffect, useMemo } from 'react';
import { createRoot } from 'react-dom/client';

/** What tests drive from outside: a page that asks what an account may watch, fetches ahead, and plays. */
export interface RightsHarness {
  /** Shows the page as an account, or as nobody. */
  show(options: RightsOptions): void;
  /** Fetches ahead for the title that is shown. */
  prefetch(): void;
}

export interface RightsOptions {
  readonly contentId: string;
  readonly account: string | null;
  readonly token: string | null;
  /** Whether the player is mounted. @default false */
  readonly plays?: boolean;
}

declare global {
  interface Window {
    rights: RightsHarness;
  }
}

const container = document.getElementById('root');
if (!container) throw new Error('The rights page has no root element.');

const root = createRoot(container);
const client = new QueryClient();
/** A machine without a GPU drops frames, for which Shaka would set renditions aside. */
const ENGINE_CONFIG = { shaka: { abr: { droppedFrames: false } } };

function Page({ account, token, ...film }: RightsOptions) {
  const authorize = useMemo(() => () => token, [token]);
  const backend = useMemo(
    () => createHttpBackend({ baseUrl: '/', authorize, account }),
    [authorize, account],
  );

  return (
    <QueryClientProvider client={client}>
      <SecurePlayerProvider authorize={authorize} backend={backend}>
        <Film {...film} />
        {account !== null && <Streams />}
      </SecurePlayerProvider>
    </QueryClientProvider>
  );
}

function Film({ contentId, plays = false }: Pick<RightsOptions, 'contentId' | 'plays'>) {
  const { data, error } = useEntitlement(contentId);
  const prefetch = usePrefetch();
  useEffect(() => {
    window.rights.prefetch = () => {
      if (data) prefetch(data.source);
    };
  }, [data, prefetch]);

  return (
    <>
      <p data-testid="entitlement">{error?.code ?? data?.plan ?? (data ? 'free' : 'waiting')}</p>
      {plays && data && <SecurePlayer source={data.source} engineConfig={ENGINE_CONFIG} autoPlay muted />}
    </>
  );
}

function Streams() {
  const { data } = useStreams();
  return (
    <p data-testid="streams">{data?.map(({ contentId, device }) => `${contentId}: ${device}`).join()}</p>
  );
}

window.rights = {
  show: (options) =>
    root.render(
      <StrictMode>
        <Page {...options} />
      </StrictMode>,
    ),
  prefetch: () => {},
};
