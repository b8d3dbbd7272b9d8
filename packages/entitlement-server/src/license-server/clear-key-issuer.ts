import {
  readClearKeyLicenseRequest,
  readKeyIdsInitData,
  writeClearKeyLicense,
  writeKeyIdsInitData,
  type ClearKeySessionType,
  type KeyId,
  type SealedLicenseKey,
} from '@secure-player/protocol';

import { requireMediaType } from '../http/media-type.js';
import type { MessageDemand, UpstreamAnswer } from '../license-proxy/license-upstream.js';
import type { KeySeeds } from './key-seeds.js';
import type { DeviceMessage, LicenseIssuer } from './license-issuer.js';
import { deriveLicenseKeys } from './license-keys.js';
import { readMessage } from './read-message.js';
import { requireSessionType, selectKeys } from './select-keys.js';

/** What EME clients really send: Shaka `application/octet-stream`, a bare `fetch` of a string `text/plain` or nothing. */
const MEDIA_TYPES = ['application/json', 'application/octet-stream', 'text/plain', null];

const FIELDS = { keyIds: 'kids', sessionType: 'type' } as const;

interface Release {
  readonly keyIds: readonly KeyId[];
  readonly type: null;
}

interface Demand {
  readonly keyIds: readonly KeyId[];
  readonly type: ClearKeySessionType;
}

/** Issues Clear Key licenses (EME section 9.1.4). */
export function createClearKeyIssuer(keySeeds: KeySeeds): LicenseIssuer {
  /** In one process a message is first inspected and then answered. */
  const read = new WeakMap<Uint8Array, Promise<Release | Demand>>();
  const readOnce = (message: DeviceMessage): Promise<Release | Demand> => {
    const request = read.get(message.body) ?? readRequest(message);
    read.set(message.body, request);
    return request;
  };

  return {
    name: 'clearkey',
    async inspect(message) {
      return toDemand(await readOnce(message));
    },
    async answer(message, grant) {
      const request = await readOnce(message);
      // A release gives nothing away, so it takes no rights (EME section 9.1.5).
      if (request.type === null) return asJson(writeKeyIdsInitData(request.keyIds));

      requireSessionType(toDemand(request), grant.sessionType);
      const selected = selectKeys(grant, request.keyIds, { system: 'clearkey', securityLevel: 'software' });
      const keys = await deriveLicenseKeys(keySeeds, grant.tenant, selected);
      return asJson(
        writeClearKeyLicense({
          keys: keys.map(withoutEmptyPolicy),
          type: request.type,
          policy: unlessEmpty(grant.policy),
        }),
      );
    },
  };
}

async function readRequest({ body, mediaType }: DeviceMessage): Promise<Release | Demand> {
  requireMediaType(mediaType, MEDIA_TYPES);
  return readMessage(() => readRequestOrRelease(body));
}

function readRequestOrRelease(body: Uint8Array): Release | Demand {
  try {
    const { kids, type } = readClearKeyLicenseRequest(body);
    return { keyIds: kids, type };
  } catch (cause) {
    if (!isRelease(body)) throw cause;
    return { keyIds: readKeyIdsInitData(body), type: null };
  }
}

function toDemand({ keyIds, type }: Release | Demand): MessageDemand {
  if (type === null) return { purpose: 'release', keyIds, sessionType: 'temporary', fields: FIELDS };
  return { purpose: 'license', keyIds, sessionType: type, fields: FIELDS };
}

function asJson(body: Uint8Array<ArrayBuffer>): UpstreamAnswer {
  return { body, contentType: 'application/json' };
}

/** A release message is a request without its type. */
function isRelease(message: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(message));
    return typeof value === 'object' && value !== null && 'kids' in value && !('type' in value);
  } catch {
    return false;
  }
}

/** A title without policies gets the license that EME describes and nothing more. */
function withoutEmptyPolicy({ policy, ...key }: SealedLicenseKey) {
  return { ...key, policy: unlessEmpty(policy) };
}

function unlessEmpty<Policy extends object>(policy: Policy): Policy | undefined {
  return Object.values(policy).every((value) => value === undefined) ? undefined : policy;
}
