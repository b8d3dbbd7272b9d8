import {
  ENVELOPES,
  answerProvisioningRequest,
  openRequest,
  parseKeyId,
  sealLicense,
  sealReleaseAcknowledgement,
  toHex,
  type AnswerProvisioningRequestOptions,
  type KeyId,
  type OpenedRequest,
  type SealedMessage,
  type SealedRequest,
  type SealedSystem,
} from '@secure-player/protocol';

import type { TitleIndex } from '../catalog/title-index.js';
import { ProblemError, invalidField } from '../http/problem-error.js';
import type { Log } from '../log/log-entry.js';
import { randomBytes, type Random } from '../secrets/opaque-secret.js';
import { grantLicense, type LicenseAuthority } from './license-grant.js';
import { deriveLicenseKeys } from './license-keys.js';
import { readLicensePost } from './license-post.js';
import type { LicenseSystem } from './license-system.js';
import { readMessage } from './read-message.js';
import type { Service, ServiceIdentity } from './service-identity.js';

/** What a license server for the virtual CDM's devices works with. */
export interface SealedLicensesOptions extends LicenseAuthority {
  /** Content keys are derived from it and the key id at request time, and kept nowhere. */
  readonly keySeed: Uint8Array;
  readonly service: ServiceIdentity;
  readonly log: Log;
  readonly random?: Random | undefined;
}

const LICENSE_ID_BYTES = 16;

/**
 * Issues licenses for the virtual CDM's devices in the outer shape of a key system's messages. It is not that system:
 * what is inside is this project's own, and no device of the vendor's understands it.
 *
 * All types of messages come to the one address, as EME demands of key systems.
 */
export function createSealedLicenses(system: SealedSystem, options: SealedLicensesOptions): LicenseSystem {
  const envelope = ENVELOPES[system];

  return {
    name: system,
    async issue(request) {
      const post = await readLicensePost(system, request);
      const message = await readMessage(() => envelope.readRequest(post.message));
      const answer = await answerMessage({ system, options, request, message });

      return post.answer(envelope.writeResponse(answer));
    },
  };
}

interface Exchange {
  readonly system: SealedSystem;
  readonly options: SealedLicensesOptions;
  readonly request: Request;
  readonly message: SealedMessage;
}

async function answerMessage(exchange: Exchange): Promise<SealedMessage> {
  const { message, options } = exchange;
  const service = await options.service.get();

  switch (message.type) {
    case 'service-certificate-request':
      return { type: 'service-certificate', body: service.identity.certificate, signature: new Uint8Array() };
    case 'individualization-request':
      return readMessage(async () => answerProvisioningRequest(message, certifiedBy(service)));
    case 'license-request':
    case 'license-renewal':
    case 'license-release':
      return answerLicenseMessage(exchange, service);
    case 'license':
    case 'release-acknowledgement':
    case 'device-certificate':
    case 'service-certificate':
      throw invalidField('message', 'is one that a server sends');
    default:
      return message.type satisfies never;
  }
}

/** Anybody can send a claim, so that only the test root believes it: whom it certifies protects nothing anyway. */
function certifiedBy({ authority, isTestRoot }: Service): AnswerProvisioningRequestOptions {
  return isTestRoot ? { authority } : { authority, securityLevel: 'software' };
}

async function answerLicenseMessage(exchange: Exchange, service: Service): Promise<SealedMessage> {
  const { identity, authority } = service;
  const opened = await readMessage(async () =>
    openRequest(exchange.message, { service: identity, root: authority.publicKey }),
  );

  // A device gives back what it has, whoever is signed in by then and whatever they may still watch.
  if (opened.request.type === 'license-release') {
    return sealReleaseAcknowledgement({ ...opened, service: identity });
  }
  if (opened.request.type === 'license-request' && opened.request.licenseId !== undefined) {
    throw invalidField('licenseId', 'must be absent: a new license has none yet');
  }
  return issueLicense(exchange, service, opened);
}

async function issueLicense(
  { system, options, request }: Exchange,
  { identity }: Service,
  opened: OpenedRequest,
): Promise<SealedMessage> {
  const { keySeed, clock, log, titles } = options;
  const keyIds = keyIdsOf(opened.request, titles);
  const grant = await grantLicense(options, request, {
    system,
    keyIds,
    sessionType: opened.request.sessionType,
    securityLevel: opened.device.securityLevel ?? 'software',
    fields: { keyIds: 'keyIds', sessionType: 'sessionType' },
  });
  const keys = await deriveLicenseKeys(keySeed, grant.keys);
  log({
    event: 'license',
    level: 'debug',
    time: clock(),
    system,
    contentId: grant.title.id,
    requestedKeys: keyIds.length,
    grantedKeys: keys.length,
  });

  // A renewal also brings keys: those that the account may have now, which may be fewer than before.
  const license = {
    licenseId: licenseIdOf(opened.request, options.random),
    issuedAt: clock(),
    keys,
    policy: grant.policy,
  };
  return sealLicense(license, { ...opened, service: identity });
}

/** Init data may name a title instead of keys: by its id, or as FairPlay's playlists do by the id of one key. */
function keyIdsOf({ keyIds, contentId }: SealedRequest, titles: TitleIndex): readonly KeyId[] {
  if (keyIds.length > 0 || contentId === undefined) return keyIds;

  const title = titles.find(contentId);
  if (title !== undefined) return title.keys.map(({ keyId }) => keyId);
  try {
    return [parseKeyId(contentId)];
  } catch {
    throw new ProblemError('content-not-found');
  }
}

function licenseIdOf({ type, licenseId }: SealedRequest, random: Random = randomBytes): string {
  if (type !== 'license-renewal') return toHex(random(LICENSE_ID_BYTES));
  if (licenseId === undefined) throw invalidField('licenseId', 'must name the license to renew');
  return licenseId;
}
