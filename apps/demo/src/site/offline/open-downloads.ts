import { createHttpOfflineBackend } from '@secure-player/core';
import type { Authorize } from '@secure-player/react';
import { createDownloads, type Downloads } from '@secure-player/react/offline';

/** Makes the downloads of this device. Their rights are those of whoever is signed in when they are asked for. */
export function openDownloads(authorize: Authorize, deviceId: string): Downloads {
  const rights = createHttpOfflineBackend({ baseUrl: '/', authorize });
  return createDownloads({ authorize, rights, deviceId });
}
