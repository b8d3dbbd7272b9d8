import type { Source } from '@secure-player/core';

import type { OfflineLicenses } from '../licenses/offline-licenses.js';
import type { TitleRow } from '../titles/title-row.js';

export interface LicensedSourceTools {
  readonly licenses: Pick<OfflineLicenses, 'openKeys'>;
  /** With the functions and the headers of the page, which are not kept. */
  readonly completeSource: (source: Source) => Source;
}

/**
 * What a license of a title is got with: what is kept of its source, with what the page gives again, and the keys that it gave
 * once.
 */
export async function licensedSource(
  { id, source, sealedKeys }: Pick<TitleRow, 'id' | 'source' | 'sealedKeys'>,
  { licenses, completeSource }: LicensedSourceTools,
): Promise<Source> {
  const complete = completeSource(source);
  if (sealedKeys.length === 0 || complete.drm?.['org.w3.clearkey']) return complete;

  const keys = await licenses.openKeys(id, sealedKeys);
  return { ...complete, drm: { ...complete.drm, 'org.w3.clearkey': { keys } } };
}
