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
