import type * as v from 'valibot';

import { accountPlanSchema, accountSchema, loginResponseSchema } from '../accounts/account-operations.js';
import { loginSchema } from '../accounts/account-routes.js';
import {
  catalogAccessSchema,
  catalogResponseSchema,
  catalogTitleSchema,
} from '../catalog/catalog-operations.js';
import {
  keySystemDocumentSchema,
  playbackSessionReferenceSchema,
  sourceDocumentSchema,
} from '../catalog/source-document-schema.js';
import { devicesResponseSchema } from '../devices/device-operations.js';
import { entitlementSchema } from '../entitlements/entitlement-operations.js';
import {
  accountOfflineLicenseSchema,
  offlineLicenseResponseSchema,
  offlineLicensesResponseSchema,
  offlineLicenseStatusResponseSchema,
  offlineLicenseStatusSchema,
} from '../offline-licenses/offline-license-operations.js';
import {
  offlineLicenseRequestSchema,
  offlinePlayRequestSchema,
} from '../offline-licenses/offline-license-routes.js';
import { playbackSessionResponseSchema } from '../playback-sessions/playback-session-operations.js';
import {
  playbackSessionRenewalSchema,
  playbackSessionRequestSchema,
} from '../playback-sessions/playback-session-routes.js';
import { streamFormatSchema } from '../playback-sessions/stream-format-schema.js';
import { accountStreamSchema, streamsResponseSchema } from '../playback-sessions/stream-operations.js';
import { rentalResponseSchema, rentalsResponseSchema } from '../rentals/rental-operations.js';
import { rentalRequestSchema } from '../rentals/rental-routes.js';
import { problemSchema } from './problem-schema.js';

/** The schemas that the document names; wherever one is used, it refers to it by this name. */
export const NAMED_SCHEMAS: Readonly<Record<string, v.GenericSchema>> = {
  Account: accountSchema,
  AccountOfflineLicense: accountOfflineLicenseSchema,
  AccountPlan: accountPlanSchema,
  AccountStream: accountStreamSchema,
  CatalogAccess: catalogAccessSchema,
  CatalogResponse: catalogResponseSchema,
  CatalogTitle: catalogTitleSchema,
  DevicesResponse: devicesResponseSchema,
  Entitlement: entitlementSchema,
  KeySystemDocument: keySystemDocumentSchema,
  LoginRequest: loginSchema,
  LoginResponse: loginResponseSchema,
  OfflineLicenseRequest: offlineLicenseRequestSchema,
  OfflineLicenseResponse: offlineLicenseResponseSchema,
  OfflineLicensesResponse: offlineLicensesResponseSchema,
  OfflineLicenseStatus: offlineLicenseStatusSchema,
  OfflineLicenseStatusResponse: offlineLicenseStatusResponseSchema,
  OfflinePlayRequest: offlinePlayRequestSchema,
  PlaybackSessionReference: playbackSessionReferenceSchema,
  PlaybackSessionRenewal: playbackSessionRenewalSchema,
  PlaybackSessionRequest: playbackSessionRequestSchema,
  PlaybackSessionResponse: playbackSessionResponseSchema,
  Problem: problemSchema,
  RentalRequest: rentalRequestSchema,
  RentalResponse: rentalResponseSchema,
  RentalsResponse: rentalsResponseSchema,
  SourceDocument: sourceDocumentSchema,
  StreamFormat: streamFormatSchema,
  StreamsResponse: streamsResponseSchema,
};
