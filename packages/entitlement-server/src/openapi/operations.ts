import { ACCOUNT_OPERATIONS } from '../accounts/account-operations.js';
import { CATALOG_OPERATIONS } from '../catalog/catalog-operations.js';
import { DEVICE_OPERATIONS } from '../devices/device-operations.js';
import { ENTITLEMENT_OPERATIONS } from '../entitlements/entitlement-operations.js';
import { CERTIFICATE_OPERATIONS } from '../license-proxy/certificate-operations.js';
import { LICENSE_OPERATIONS } from '../license-proxy/license-operations.js';
import { MEDIA_OPERATIONS } from '../media/media-operations.js';
import { OFFLINE_LICENSE_OPERATIONS } from '../offline-licenses/offline-license-operations.js';
import { PLAYBACK_SESSION_OPERATIONS } from '../playback-sessions/playback-session-operations.js';
import { STREAM_OPERATIONS } from '../playback-sessions/stream-operations.js';
import { RENTAL_OPERATIONS } from '../rentals/rental-operations.js';
import type { Operation } from './operation.js';
import { SERVICE_OPERATIONS } from './service-operations.js';

/** Everything that a server can do; which of it one does depends on how it was put together. */
export const OPERATIONS: readonly Operation[] = [
  ...ACCOUNT_OPERATIONS,
  ...CATALOG_OPERATIONS,
  ...ENTITLEMENT_OPERATIONS,
  ...PLAYBACK_SESSION_OPERATIONS,
  ...STREAM_OPERATIONS,
  ...OFFLINE_LICENSE_OPERATIONS,
  ...RENTAL_OPERATIONS,
  ...DEVICE_OPERATIONS,
  ...LICENSE_OPERATIONS,
  ...CERTIFICATE_OPERATIONS,
  ...MEDIA_OPERATIONS,
  ...SERVICE_OPERATIONS,
];
