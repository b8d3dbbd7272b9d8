import type { CatalogTitle } from '@secure-player/protocol';
import type { RecoveryHandlers, Source } from '@secure-player/react';
import { DownloadButton, type Download } from '@secure-player/react/offline';
import { useCallback, useMemo } from 'react';

import { useSession, useSiteServices } from '../account/site-services.js';
import { useRequest } from '../api/use-request.js';
import { navigate } from '../navigation/navigation.js';
import { DOWNLOADS_PATH, plansPath, signInPath, watchPath } from '../routes.js';
import { downloadSource } from './download-source.js';

import '@secure-player/react/styles.css';

/** Props of {@link KeepButton}. */
export interface KeepButtonProps {
  title: CatalogTitle;
  /** What is here of it already, which asks nobody. */
  download: Download | null;
}

/** The button of the kit, for a title of the catalog. A chunk of its own. */
export function KeepButton({ title, download }: KeepButtonProps) {
  const [request, retry] = useEntitledSource(title, download !== null);
  const source = download?.source ?? (request.status === 'ready' ? request.value : null);

  if (source) return <Button source={source} id={title.id} />;
  if (request.status !== 'failed') return <div className="keep-placeholder" />;
  return (
    <p className="keep-note" role="alert">
      Whether this title can be downloaded is not known: the server could not be asked.{' '}
      <button className="button" data-small="" type="button" onClick={retry}>
        Ask again
      </button>
    </p>
  );
}

function useEntitledSource(title: CatalogTitle, isHere: boolean) {
  const { api } = useSiteServices();
  const accountId = useSession()?.account.id ?? null;
  const load = useCallback(
    async (signal: AbortSignal): Promise<Source | null> => {
      if (isHere || accountId === null) return null;
      // The API attaches the token of the account by itself.
      return downloadSource(title, (await api.getEntitlement(title.id, signal)).source);
    },
    [api, title, isHere, accountId],
  );

  return useRequest(load);
}

function Button({ source, id }: { source: Source; id: string }) {
  const onRecovery = useMemo((): RecoveryHandlers => {
    const here = watchPath(id);
    return {
      'sign-in': () => navigate(signInPath(here)),
      'upgrade-plan': () => navigate(plansPath(here)),
      'free-space': () => navigate(DOWNLOADS_PATH),
    };
  }, [id]);

  return <DownloadButton source={source} onRecovery={onRecovery} />;
}
