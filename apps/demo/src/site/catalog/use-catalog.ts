import type { CatalogTitle } from '@secure-player/protocol';
import { useCallback } from 'react';

import { useSiteServices } from '../account/site-services.js';
import { useRequest } from '../api/use-request.js';

/** The titles on offer. */
export function useCatalog() {
  const { api } = useSiteServices();
  const load = useCallback(
    async (signal: AbortSignal): Promise<readonly CatalogTitle[]> => (await api.getCatalog(signal)).titles,
    [api],
  );

  return useRequest(load);
}
