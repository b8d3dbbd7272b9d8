import {
  ENVELOPES,
  answerProvisioningRequest,
  openRequest,
  sealLicense,
  sealReleaseAcknowledgement,
  toHex,
  type AnswerProvisioningRequestOptions,
  type OpenedRequest,
  type SealedMessage,
  type SealedRequest,
  type SealedSystem,
} from '@secure-player/protocol';

import { invalidField } from '../http/problem-error.js';
import type { MessageDemand, UpstreamGrant } from '../license-proxy/license-upstream.js';
import { randomBytes, type Random } from '../secrets/opaque-secret.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import type { KeySeeds } from './key-seeds.js';
import type { DeviceMessage, LicenseIssuer } from './license-issuer.js';
import { deriveLicenseKeys } from './license-keys.js';
import { readLicensePost, type LicensePost } from './license-post.js';
import { readMessage } from './read-message.js';
import { keyIdsIn, requireSessionType, selectKeys } from './select-keys.js';
import type { Service, ServiceIdentity } from './service-identity.js';

/** What a license server for the virtual CDM's devices works with. */
export interface SealedIssuerOptions {
  readonly keySeeds: KeySeeds;
  readonly service: ServiceIdentity;
  readonly clock: Clock;
  readonly random?: Random | undefined;
}

interface Opened {
  readonly post: LicensePost;
  readonly message: SealedMessage;
  /** Null for messages that are not sealed: those about certificates. */
  readonly license: OpenedRequest | null;
}

const LICENSE_ID_BYTES = 16;
const FIELDS = { keyIds: 'keyIds', sessionType: 'sessionType' } as const;

/**
 * Issues licenses for the virtual CDM's devices in the outer shape of a key system's messages. It is not that system:
 * what is inside is this project's own, and no device of the vendor's understands it.
 *
 * All types of messages come to the one address, as EME demands of key systems.
 */
export function createSealedIssuer(system: SealedSystem, options: SealedIssuerOptions): LicenseIssuer {
  return new SealedIssuer(system, options);
}

class SealedIssuer implements LicenseIssuer {
  readonly name: SealedSystem;
  readonly #options: SealedIssuerOptions;
  /** To open a message costs public-key work, and in one process it is first inspected and then answered. */
  readonly #opened = new WeakMap<Uint8Array, Promise<Opened>>();

  constructor(name: SealedSystem, options: SealedIssuerOptions) {
    this.name = name;
    this.#options = options;
  }

  async inspect(message: DeviceMessage): Promise<MessageDemand> {
    return demandOf((await this.#open(message)).license);
  }

  async answer(message: DeviceMessage, grant: UpstreamGrant) {
    const opened = await this.#open(message);
    const answer = await this.#answer(opened, grant);
    return opened.post.answer(ENVELOPES[this.name].writeResponse(answer));
  }

  async #open(message: DeviceMessage): Promise<Opened> {
    const known = this.#opened.get(message.body);
    if (known !== undefined) return known;

    const opened = this.#read(message);
    this.#opened.set(message.body, opened);
    return opened;
  }

  async #read(device: DeviceMessage): Promise<Opened> {
    const post = readLicensePost(this.name, device);
    const message = await readMessage(() => ENVELOPES[this.name].readRequest(post.message));
    switch (message.type) {
      case 'service-certificate-request':
      case 'individualization-request':
        return { post, message, license: null };
      case 'license-request':
      case 'license-renewal':
      case 'license-release': {
        const { identity, authority } = await this.#options.service.get();
        const license = await readMessage(async () =>
          openRequest(message, { service: identity, root: authority.publicKey }),
        );
        return { post, message, license };
      }
      case 'license':
      case 'release-acknowledgement':
      case 'device-certificate':
      case 'service-certificate':
        throw invalidField('message', 'is one that a server sends');
      default:
        return message.type satisfies never;
    }
  }

  async #answer({ message, license }: Opened, grant: UpstreamGrant): Promise<SealedMessage> {
    const service = await this.#options.service.get();
    if (license === null) return answerAboutCertificates(message, service);
    // A device gives back what it has, whoever is signed in by then and whatever they may still watch.
    if (license.request.type === 'license-release') {
      return sealReleaseAcknowledgement({ ...license, service: service.identity });
    }
    if (license.request.type === 'license-request' && license.request.licenseId !== undefined) {
      throw invalidField('licenseId', 'must be absent: a new license has none yet');
    }
    return this.#issue(license, service, grant);
  }

  async #issue(opened: OpenedRequest, { identity }: Service, grant: UpstreamGrant): Promise<SealedMessage> {
    const { keySeeds, clock, random } = this.#options;
    requireSessionType(demandOf(opened), grant.sessionType);
    const selected = selectKeys(grant, keyIdsIn(opened.request), {
      system: this.name,
      securityLevel: opened.device.securityLevel ?? 'software',
    });

    // A renewal also brings keys: those that the account may have now, which may be fewer than before.
    const license = {
      licenseId: licenseIdOf(opened.request, random),
      issuedAt: clock(),
      keys: await deriveLicenseKeys(keySeeds, grant.tenant, selected),
      policy: grant.policy,
    };
    return sealLicense(license, { ...opened, service: identity });
  }
}

function demandOf(license: OpenedRequest | null): MessageDemand {
  if (license === null || license.request.type === 'license-release') {
    const purpose = license === null ? 'service' : 'release';
    return { purpose, keyIds: [], sessionType: 'temporary', fields: FIELDS };
  }
  const { keyIds, contentId, sessionType } = license.request;
  return { purpose: 'license', keyIds, contentId, sessionType, fields: FIELDS };
}

async function answerAboutCertificates(message: SealedMessage, service: Service): Promise<SealedMessage> {
  if (message.type === 'individualization-request') {
    return readMessage(async () => answerProvisioningRequest(message, certifiedBy(service)));
  }
  return { type: 'service-certificate', body: service.identity.certificate, signature: new Uint8Array() };
}

/** Anybody can send a claim, so that only the test root believes it: whom it certifies protects nothing anyway. */
function certifiedBy({ authority, isTestRoot }: Service): AnswerProvisioningRequestOptions {
  return isTestRoot ? { authority } : { authority, securityLevel: 'software' };
}

function licenseIdOf({ type, licenseId }: SealedRequest, random: Random = randomBytes): string {
  if (type !== 'license-renewal') return toHex(random(LICENSE_ID_BYTES));
  if (licenseId === undefined) throw invalidField('licenseId', 'must name the license to renew');
  return licenseId;
}
