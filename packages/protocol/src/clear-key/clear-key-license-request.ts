import type { KeyId } from '../key-id/key-id.js';
import { readMessage, type ClearKeyLimits } from './clear-key-message.js';
import { readKids, toKids } from './key-ids-init-data.js';
import { readSessionType, type ClearKeySessionType } from './session-type.js';

/** What a Clear Key CDM asks for (https://www.w3.org/TR/encrypted-media-2/#clear-key-request-format). */
export interface ClearKeyLicenseRequest {
  readonly kids: readonly KeyId[];
  readonly type: ClearKeySessionType;
}

/**
 * Reads a license request as EME defines it: both members present, key ids in base64url without padding.
 * Other members are ignored; repeated key ids are given once, at their first place.
 */
export function readClearKeyLicenseRequest(
  bytes: Uint8Array,
  limits: ClearKeyLimits = {},
): ClearKeyLicenseRequest {
  const request = readMessage(bytes, 'licenseRequest', limits);
  return { kids: readKids(request, limits), type: readSessionType(request['type']) };
}

/** Writes a license request, in the bytes a browser's own CDM writes. Repeated key ids are written once. */
export function writeClearKeyLicenseRequest(request: ClearKeyLicenseRequest): Uint8Array<ArrayBuffer> {
  const { kids, type } = request;
  return new TextEncoder().encode(JSON.stringify({ kids: toKids(kids), type: readSessionType(type) }));
}
