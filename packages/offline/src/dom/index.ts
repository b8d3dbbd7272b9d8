export { createDownloads, type DownloadsOptions } from './create-downloads.js';
