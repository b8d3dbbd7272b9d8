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

export { SYSTEM_IDS } from './pssh/system-ids.js';

export { PROBLEM_CODES, type ProblemCode } from './problem/problem-codes.js';
export {
  PROBLEM_MEDIA_TYPE,
  createProblem,
  readProblemDetails,
  type ProblemDetails,
  type ProblemExtra,
  type ProblemFieldError,
} from './problem/problem-details.js';

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
} from './playback/playback-session.js';
export type {
  CatalogAccess,
  CatalogResponse,
  CatalogStream,
  CatalogTitle,
} from './catalog/catalog-title.js';
export type { Account, AccountPlan, LoginRequest, LoginResponse } from './account/login.js';
