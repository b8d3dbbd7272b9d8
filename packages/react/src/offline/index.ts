export { useDownload, type DownloadActions, type DownloadReading } from './use-download.js';
export { useDownloads, type DownloadsReading } from './use-downloads.js';
export type {
  Download,
  DownloadFacts,
  DownloadOffer,
  DownloadPreferences,
  Downloads,
  DownloadSpace,
  DownloadsState,
  DownloadStage,
  DownloadStatus,
  DownloadTrack,
  LicenseMode,
  OfflineLicense,
  OfflineLicenseStatus,
  StartOptions,
} from '@secure-player/offline';
