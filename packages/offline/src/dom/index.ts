export { createDownloads, type DownloadsOptions } from './create-downloads.js';
export {
  createOfflineLicenses,
  type OfflineLicensesOptions,
  type OwnedOfflineLicenses,
} from './create-offline-licenses.js';
