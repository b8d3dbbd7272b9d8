import { streamTypeOf, type OfflineBackend, type Source } from '@secure-player/core';

import type { OfflineRights } from './offline-rights.js';

/** What of a backend for offline licenses is needed. */
export type OfflineRightsBackend = Pick<
  OfflineBackend,
  'openOfflineLicense' | 'renewOfflineLicense' | 'checkOfflineLicense' | 'reportFirstPlay'
>;

/** Options of {@link offlineRightsOf}. */
export interface OfflineRightsOfOptions {
  /** What tells this device from the others of the account; read at each question. */
  readonly deviceId: () => Promise<string>;
  /** Makes a text that was never there before. */
  readonly randomId: () => string;
}

/** The rights that a backend gives. */
export function offlineRightsOf(
  backend: OfflineRightsBackend,
  { deviceId, randomId }: OfflineRightsOfOptions,
): OfflineRights {
  /** An answer that was lost on its way is found by the key that asked for it. */
  const unanswered = new Map<string, string>();

  return {
    async open(source, { signal }) {
      const idempotencyKey = unanswered.get(source.id) ?? randomId();
      unanswered.set(source.id, idempotencyKey);
      const format = formatOf(source);
      const request = {
        contentId: source.id,
        deviceId: await deviceId(),
        ...(format && { format }),
      };
      const grant = await backend.openOfflineLicense(request, { signal, idempotencyKey });
      unanswered.delete(source.id);

      return grant;
    },
    renew: (id, options) => backend.renewOfflineLicense(id, options),
    check: (id, options) => backend.checkOfflineLicense(id, options),
    async reportFirstPlay(id, at, options) {
      await backend.reportFirstPlay(id, at, options);
    },
  };
}

function formatOf({ src, type }: Source): 'dash' | 'hls' | null {
  return streamTypeOf(src, type) ?? null;
}
