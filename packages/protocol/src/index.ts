export { ProtocolError, isProtocolError, type ProtocolErrorCode } from './protocol-error.js';

export { fromBase64, fromBase64Url, toBase64, toBase64Url } from './bytes/base64.js';
export { fromHex, toHex } from './bytes/hex.js';

export {
  isKeyId,
  keyIdFromBase64Url,
  keyIdFromBytes,
  keyIdFromGuidBytes,
  keyIdToBase64Url,
  keyIdToBytes,
  keyIdToGuid,
  keyIdToGuidBytes,
  parseKeyId,
  type KeyId,
} from './key-id/key-id.js';

export { findPsshBoxes } from './pssh/find-pssh-boxes.js';
export { keyIdsOfPssh } from './pssh/key-ids-of-pssh.js';
export { readPsshBoxes, writePsshBox, type PsshBox, type PsshBoxInit } from './pssh/pssh-box.js';
export { SYSTEM_IDS } from './pssh/system-ids.js';

export {
  findProtectionSchemeBoxes,
  readProtectionScheme,
  readTrackEncryption,
  type ProtectionScheme,
  type TrackEncryption,
} from './mp4/track-encryption.js';

export {
  readWidevinePsshData,
  writeWidevinePsshData,
  type WidevinePsshData,
} from './widevine/widevine-pssh-data.js';

export { deriveContentKey, playReadyChecksum } from './playready/content-key.js';
export type {
  PlayReadyAlgorithm,
  PlayReadyHeader,
  PlayReadyHeaderVersion,
  PlayReadyKey,
} from './playready/playready-header.js';
export {
  readPlayReadyObject,
  writePlayReadyObject,
  type PlayReadyObject,
} from './playready/playready-object.js';
export { readPlayReadyHeader } from './playready/read-playready-header.js';
export { writePlayReadyHeader } from './playready/write-playready-header.js';

export {
  readClearKeyLicense,
  readClearKeyLicenseWithPolicy,
  writeClearKeyLicense,
  type ClearKeyLicense,
  type ClearKeyLicenseKey,
} from './clear-key/clear-key-license.js';
export {
  readClearKeyLicenseRequest,
  writeClearKeyLicenseRequest,
  type ClearKeyLicenseRequest,
} from './clear-key/clear-key-license-request.js';
export type { ClearKeyLimits } from './clear-key/clear-key-message.js';
export { readKeyIdsInitData, writeKeyIdsInitData } from './clear-key/key-ids-init-data.js';
export type { ClearKeySessionType } from './clear-key/session-type.js';

export { HDCP_LEVELS, compareHdcp, isHdcpLevel, type HdcpLevel } from './policy/hdcp-level.js';
export type { KeyPolicy, LicensePolicy, LicenseRenewal, SecurityLevel } from './policy/license-policy.js';

export type {
  EnvelopeDetails,
  LicenseEnvelope,
  SealedLicense,
  SealedLicenseKey,
  SealedMessage,
  SealedMessageType,
  SealedRequest,
  SealedSessionType,
  SealedSystem,
} from './sealed/sealed-message.js';
export { ENVELOPES } from './envelope/envelopes.js';
export type { SealAnswerOptions } from './sealed/answer-fields.js';
export { readCertificate, type Certificate, type CertificateRole } from './sealed/certificate.js';
export type { CertificateAuthority } from './sealed/certificate-authority.js';
export {
  answerProvisioningRequest,
  sealProvisioningRequest,
  type AnswerProvisioningRequestOptions,
  type SealProvisioningRequestOptions,
} from './sealed/provisioning.js';
export {
  openReleaseAcknowledgement,
  sealReleaseAcknowledgement,
  type OpenReleaseAcknowledgementOptions,
} from './sealed/release-acknowledgement.js';
export {
  createIdentity,
  createUncertifiedIdentity,
  withCertificate,
  type CreateIdentityOptions,
  type SealedIdentity,
} from './sealed/sealed-identity.js';
export { openLicense, sealLicense, type OpenLicenseOptions } from './sealed/sealed-license.js';
export {
  openRequest,
  sealRequest,
  type OpenRequestOptions,
  type OpenedRequest,
  type SealRequestOptions,
} from './sealed/sealed-request.js';
export { testRoot } from './sealed/test-root.js';

export { unwrapCkc } from './fairplay/unwrap-ckc.js';
export { writePlayReadyFault, type PlayReadyFault } from './playready/playready-fault.js';

export {
  EMBEDDED_KEYS_SYSTEM_ID,
  readEmbeddedKeys,
  writeEmbeddedKeys,
  type EmbeddedKey,
  type EmbeddedKeys,
  type EmbeddedKeysInit,
} from './embedded-keys/embedded-keys.js';

export { PROBLEM_CODES, type ProblemCode } from './problem/problem-codes.js';
export { PROBLEM_MEANINGS } from './problem/problem-meanings.js';
export {
  PROBLEM_MEDIA_TYPE,
  createProblem,
  readProblemDetails,
  type ProblemDetails,
  type ProblemExtra,
  type ProblemFieldError,
} from './problem/problem-details.js';

export { readAccountStreams, type AccountStream, type StreamsResponse } from './playback/account-stream.js';
export type { Entitlement } from './playback/entitlement.js';
export type {
  KeySystemDocument,
  LicenseLocation,
  PlaybackSessionReference,
  SourceDocument,
} from './playback/source-document.js';
export type {
  PlaybackIntent,
  PlaybackSessionRequest,
  PlaybackSessionResponse,
  StreamFormat,
  PlaybackSessionRenewal,
  StreamReplacement,
} from './playback/playback-session.js';
export type { CatalogAccess, CatalogResponse, CatalogStream, CatalogTitle } from './catalog/catalog-title.js';
export type {
  AccountOfflineLicense,
  OfflineLicenseRequest,
  OfflineLicenseResponse,
  OfflineLicensesResponse,
  OfflineLicenseStatus,
  OfflineLicenseStatusResponse,
  OfflineLicenseTerms,
  OfflinePlayRequest,
} from './playback/offline-license.js';
export { readProblemCode } from './problem/problem-type.js';
export { readStreamRefusal, type StreamRefusal } from './problem/stream-refusal.js';
export type { AccountDevice, DevicesResponse } from './account/device.js';
export type { RentalRequest, RentalResponse, RentalsResponse } from './account/rental.js';
export type { Account, AccountPlan, LoginRequest, LoginResponse } from './account/login.js';
