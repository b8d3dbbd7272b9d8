import {
  readClearKeyLicenseRequest,
  readKeyIdsInitData,
  writeClearKeyLicense,
  writeKeyIdsInitData,
  type SealedLicenseKey,
} from '@secure-player/protocol';

import { requireMediaType } from '../http/media-type.js';
import { readBody } from '../http/read-body.js';
import type { Log } from '../log/log-entry.js';
import { grantLicense, type LicenseAuthority } from './license-grant.js';
import { deriveLicenseKeys } from './license-keys.js';
import type { LicenseSystem } from './license-system.js';
import { readMessage } from './read-message.js';

/** What the Clear Key license server works with. */
export interface ClearKeyLicensesOptions extends LicenseAuthority {
  /** Content keys are derived from it and the key id at request time, and kept nowhere. */
  readonly keySeed: Uint8Array;
  readonly log: Log;
}

const BODY_LIMIT = 64 * 1024;

/** What EME clients really send: Shaka `application/octet-stream`, a bare `fetch` of a string `text/plain` or nothing. */
const MEDIA_TYPES = ['application/json', 'application/octet-stream', 'text/plain', null];

/** Issues Clear Key licenses (EME section 9.1.4) with the keys the account may have and no other. */
export function createClearKeyLicenses(options: ClearKeyLicensesOptions): LicenseSystem {
  return {
    name: 'clearkey',
    async issue(request) {
      requireMediaType(request, MEDIA_TYPES);
      const message = await readBody(request, BODY_LIMIT);
      const answer = isRelease(message)
        ? await acknowledgeRelease(message)
        : await issueLicense(options, request, message);

      return new Response(answer, {
        headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
      });
    },
  };
}

async function issueLicense(
  options: ClearKeyLicensesOptions,
  request: Request,
  message: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { keySeed, log, clock } = options;
  const { kids, type } = await readMessage(() => readClearKeyLicenseRequest(message));
  const grant = await grantLicense(options, request, {
    system: 'clearkey',
    keyIds: kids,
    sessionType: type,
    securityLevel: 'software',
    fields: { keyIds: 'kids', sessionType: 'type' },
  });
  const keys = await deriveLicenseKeys(keySeed, grant.keys);
  log({
    event: 'license',
    level: 'debug',
    time: clock(),
    system: 'clearkey',
    contentId: grant.title.id,
    requestedKeys: kids.length,
    grantedKeys: keys.length,
  });
  return writeClearKeyLicense({
    keys: keys.map(withoutEmptyPolicy),
    type,
    policy: unlessEmpty(grant.policy),
  });
}

/** A release message is a request without its type (EME section 9.1.5); it gives nothing away, so it takes no rights. */
async function acknowledgeRelease(message: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return writeKeyIdsInitData(await readMessage(() => readKeyIdsInitData(message)));
}

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
  return Object.keys(policy).length === 0 ? undefined : policy;
}
