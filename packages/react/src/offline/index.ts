export { DownloadButton, type DownloadButtonProps } from './download-button/download-button.js';
export { DownloadItem, type DownloadItemProps } from './download-list/download-item.js';
export { DownloadList, type DownloadListProps } from './download-list/download-list.js';
export { ARABIC_DOWNLOADS } from './messages/arabic-downloads.js';
export { ENGLISH_DOWNLOADS, type DownloadMessages } from './messages/download-messages.js';
export { DownloadSpaceBar, type DownloadSpaceBarProps } from './space-bar/download-space-bar.js';
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
export { createHttpOfflineBackend, type OfflineBackend } from '@secure-player/core';
export { createDownloads, type DownloadsOptions } from '@secure-player/offline/dom';
