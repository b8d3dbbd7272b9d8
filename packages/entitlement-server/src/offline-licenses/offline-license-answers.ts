import type {
  AccountOfflineLicense,
  OfflineLicenseResponse,
  OfflineLicenseStatusResponse,
} from '@secure-player/protocol';

import type { KeySystemOffer } from '../catalog/key-system-offer.js';
import { createSourceDocument } from '../catalog/source-document.js';
import type { TitleIndex } from '../catalog/title-index.js';
import type { RentalStore } from '../rentals/rental-store.js';
import type { GrantedRights } from '../rights/decide-rights.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import type { OfflineLicense } from './offline-license-store.js';
import { isRenewable, statusOf, toTerms } from './offline-terms.js';
import type { OpenedOfflineLicense } from './open-offline-license-once.js';

/** What answers about offline licenses are made of. */
export interface OfflineAnswerSources {
  readonly titles: TitleIndex;
  readonly keySystems: KeySystemOffer;
  readonly rentals: RentalStore;
  readonly clock: Clock;
}

/** For the device that opened or renewed it: the secret, and what to download. */
export function toOfflineLicenseResponse(
  { titles, keySystems, clock }: OfflineAnswerSources,
  { id, license }: OpenedOfflineLicense,
  rights: GrantedRights,
): OfflineLicenseResponse {
  const title = titles.require(license.contentId);
  return {
    id,
    handle: license.key,
    contentId: title.id,
    ...toTerms(license),
    renewable: isRenewable(title, rights.rental, license),
    serverTime: clock(),
    source: createSourceDocument({
      title,
      mediaUrl: titles.mediaUrl,
      rights,
      format: license.format,
      keySystems,
      offlineId: id,
    }),
  };
}

/** For the device that holds it. Asks for no rights: a license that was revoked has to say so to whoever holds it. */
export async function toOfflineStatusResponse(
  { titles, rentals, clock }: OfflineAnswerSources,
  license: OfflineLicense,
): Promise<OfflineLicenseStatusResponse> {
  const { key, accountId, contentId, createdAt, renewedAt, firstPlayedAt, end } = license;
  const title = titles.find(contentId);
  const rental = title?.access === 'rental' ? await rentals.find(accountId, contentId) : undefined;
  const now = clock();
  return {
    handle: key,
    contentId,
    status: statusOf(license, now),
    createdAt,
    renewedAt,
    ...toTerms(license),
    firstPlayedAt,
    endedAt: end?.at ?? null,
    renewable: title !== undefined && isRenewable(title, rental ?? null, license),
    serverTime: now,
  };
}

/** For the account's owner: nothing in it lets anybody use the license. */
export function toAccountOfflineLicense(
  { titles, clock }: OfflineAnswerSources,
  license: OfflineLicense,
): AccountOfflineLicense {
  const { key, contentId, device, deviceId, createdAt, renewedAt, expiresAt } = license;
  return {
    handle: key,
    contentId,
    title: titles.find(contentId)?.title ?? null,
    device,
    deviceId,
    createdAt,
    renewedAt,
    expiresAt,
    status: statusOf(license, clock()),
  };
}
