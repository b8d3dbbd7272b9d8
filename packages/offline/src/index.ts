export type {
  Download,
  DownloadFacts,
  DownloadStage,
  DownloadStatus,
  DownloadTrack,
} from './downloads/download.js';
export type {
  DownloadOffer,
  DownloadPreferences,
  Downloads,
  DownloadSpace,
  DownloadsState,
  StartOptions,
} from './downloads/downloads.js';
export type { LicenseMode, OfflineLicense, OfflineLicenseStatus } from './licenses/offline-license.js';
export type { LicensedTitle, OfflineLicenses } from './licenses/offline-licenses.js';
export type { OfflineRightsBackend } from './licenses/offline-rights-of-backend.js';
export type {
  OfflineGrant,
  OfflineRights,
  OfflineRightsCheck,
  OfflineRightsOptions,
  OfflineRightsTerms,
} from './licenses/offline-rights.js';
