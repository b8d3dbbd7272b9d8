import { DELIVERY_ERRORS } from './delivery-errors.js';
import { DRM_ERRORS } from './drm-errors.js';
import { OFFLINE_ERRORS } from './offline-errors.js';
import { RIGHTS_ERRORS } from './rights-errors.js';
import { SIDE_ERRORS } from './side-errors.js';

/** One row per {@link PlaybackErrorCode}. Words for the viewer live in the message catalogue. */
export const ERROR_TABLE = Object.freeze({
  ...DELIVERY_ERRORS,
  ...DRM_ERRORS,
  ...RIGHTS_ERRORS,
  ...OFFLINE_ERRORS,
  ...SIDE_ERRORS,
});

/** Every way in which playback can fail, as a stable code to branch on. */
export type PlaybackErrorCode = keyof typeof ERROR_TABLE;

/** All the codes, for tables and exhaustive tests. */
export const PLAYBACK_ERROR_CODES = Object.freeze(Object.keys(ERROR_TABLE)) as readonly PlaybackErrorCode[];
