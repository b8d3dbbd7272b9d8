import { useSyncExternalStore } from 'react';

import { useSiteServices } from '../account/site-services.js';
import type { DownloadsReading } from './downloads-service.js';

/** The downloads of this device, as far as they are known. Renders with each of their changes, and loads nothing. */
export function useDownloadsReading(): DownloadsReading {
  const { downloads } = useSiteServices();

  return useSyncExternalStore(downloads.subscribe, downloads.get);
}
