export {
  axinom,
  doverunner,
  drmtoday,
  ezdrm,
  type AxinomOptions,
  type DoverunnerOptions,
  type DrmtodayOptions,
  type DrmtodaySession,
  type EzdrmOptions,
  type VendorToken,
} from '@secure-player/core';
