import type { CatalogTitle } from '@secure-player/protocol';
import { useCallback, useEffect } from 'react';

import { useSiteServices } from '../account/site-services.js';
import { useRequest } from '../api/use-request.js';
import { useOnline } from '../offline/use-online.js';

/** The titles on offer. Where there was no network, they are asked for again when there is one. */
export function useCatalog() {
  const { api } = useSiteServices();
  const load = useCallback(
    async (signal: AbortSignal): Promise<readonly CatalogTitle[]> => (await api.getCatalog(signal)).titles,
    [api],
  );

  const [catalog, retry] = useRequest(load);
  const isOnline = useOnline();
  const isUnreachable = catalog.status === 'failed' && catalog.error.code === 'unreachable';

  useEffect(() => {
    if (isOnline && isUnreachable) retry();
    // Only the way back to the network counts: a server that is down would be asked without end.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isOnline]);

  return [catalog, retry] as const;
}
