import {
  deriveContentKey,
  isProtocolError,
  readClearKeyLicenseRequest,
  writeClearKeyLicense,
  type ClearKeyLicenseRequest,
} from '@secure-player/protocol';

import { requireMediaType } from '../http/media-type.js';
import { ProblemError, invalidField } from '../http/problem-error.js';
import { readBody } from '../http/read-body.js';
import type { Log } from '../log/log-entry.js';
import { grantLicense, type LicenseAuthority } from './license-grant.js';
import type { LicenseSystem } from './license-system.js';

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
  const { keySeed, log, clock } = options;

  async function issue(request: Request): Promise<Response> {
    requireMediaType(request, MEDIA_TYPES);
    const { kids, type } = parseRequest(await readBody(request, BODY_LIMIT));
    // A stored license is a right of its own, which nobody here grants.
    if (type !== 'temporary') throw invalidField('type', 'must be temporary');

    const { title, keyIds } = await grantLicense(options, request, kids);
    const keys = await Promise.all(
      keyIds.map(async (keyId) => ({ keyId, key: await deriveContentKey(keySeed, keyId) })),
    );
    log({
      event: 'license',
      level: 'debug',
      time: clock(),
      system: 'clearkey',
      contentId: title.id,
      requestedKeys: kids.length,
      grantedKeys: keys.length,
    });
    return new Response(writeClearKeyLicense({ keys, type: 'temporary' }), {
      headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
    });
  }

  return { name: 'clearkey', issue };
}

function parseRequest(bytes: Uint8Array): ClearKeyLicenseRequest {
  try {
    return readClearKeyLicenseRequest(bytes);
  } catch (cause) {
    if (!isProtocolError(cause)) throw cause;
    throw new ProblemError('invalid-request', { errors: [{ field: cause.field, message: cause.message }] });
  }
}
