import {
  ENVELOPES,
  isProtocolError,
  openLicense,
  openReleaseAcknowledgement,
  sealProvisioningRequest,
  sealRequest,
  withCertificate,
  type Certificate,
  type LicenseEnvelope,
  type SealedIdentity,
  type SealedLicense,
  type SealedMessage,
  type SealedRequest,
  type SealedSystem,
} from '@secure-player/protocol';

import { createException } from '../webidl/exception.js';
import { readServiceCertificate } from './read-service-certificate.js';
import type { VirtualSystem } from '../system/virtual-system.js';
import type {
  DestroyedLicense,
  IncomingMessage,
  LicenseDemand,
  LicenseExchange,
  MessageType,
  OutgoingMessage,
} from './dialect.js';

/** What the exchanges of one MediaKeys share: the device, and the server certificate that the page has set. */
export interface SealedDevice {
  readonly system: VirtualSystem & { readonly dialect: SealedSystem };
  /** What certificates must come from. */
  readonly root: CryptoKey;
  identity(): Promise<SealedIdentity>;
  /** What is certified already stays as it is. */
  replaceIdentity(identity: SealedIdentity): Promise<void>;
  serviceCertificate: Certificate | null;
  now(): number;
}

/**
 * How long an answer is taken for one to this request, in milliseconds, by the device's own clock: an answer that comes
 * later is out of date. Our own rule; the licenses' absolute bounds come on top.
 */
const MAX_ANSWER_AGE_MS = 10 * 60_000;
const NONCE_BYTES = 16;
/** A session that is never answered must not hold on to requests for ever. */
const MAX_PENDING = 8;
/** What a page gives to a FairPlay session to have its license renewed. */
const FAIRPLAY_RENEW = 'renew';

/**
 * A device and its license server, over messages that are signed and whose keys are wrapped to the device, in the
 * envelope of Widevine, PlayReady or FairPlay. The cryptography is this project's own.
 */
export class SealedExchange implements LicenseExchange {
  readonly #device: SealedDevice;
  readonly #envelope: LicenseEnvelope;
  #demand: LicenseDemand | null = null;
  #licenseId: string | null = null;
  #uncertified: SealedIdentity | null = null;
  #awaitsServiceCertificate = false;
  #pending: SealedRequest[] = [];

  constructor(device: SealedDevice) {
    this.#device = device;
    this.#envelope = ENVELOPES[device.system.dialect];
  }

  async request(demand: LicenseDemand): Promise<OutgoingMessage> {
    this.#demand = demand;
    const identity = await this.#device.identity();
    if (identity.certificate.length === 0) return this.#requestIndividualization(identity);
    if (!this.#device.serviceCertificate) {
      const { serverCertificate } = this.#device.system;
      if (serverCertificate === 'on-request') return this.#requestServiceCertificate();
      if (serverCertificate === 'required') {
        throw createException(
          'InvalidStateError',
          'This key system needs a server certificate: call setServerCertificate().',
        );
      }
    }

    return this.#send('license-request', demand, {});
  }

  async receive(response: Uint8Array<ArrayBuffer>): Promise<IncomingMessage> {
    const renewal = await this.#renewalAskedByPage(response);
    if (renewal) return { kind: 'next', message: renewal };

    try {
      return await this.#open(this.#envelope.readResponse(response));
    } catch (error) {
      if (!isProtocolError(error)) throw error;
      throw new TypeError(`Invalid response: ${error.message}.`, { cause: error });
    }
  }

  resume(demand: LicenseDemand, licenseId: string): void {
    this.#demand = demand;
    this.#licenseId = licenseId;
  }

  async renew(demand: LicenseDemand, licenseId: string): Promise<OutgoingMessage> {
    this.resume(demand, licenseId);
    return this.#send('license-renewal', demand, { licenseId });
  }

  async release(demand: LicenseDemand, license: DestroyedLicense): Promise<OutgoingMessage> {
    const { licenseId, keyIds } = license;
    return this.#send('license-release', { ...demand, keyIds }, { licenseId });
  }

  async #open(message: SealedMessage): Promise<IncomingMessage> {
    switch (message.type) {
      case 'license':
        return this.#toReceived(await this.#openByNonce(message));
      case 'release-acknowledgement':
        await this.#acknowledge(message);
        return { kind: 'release-acknowledgement' };
      case 'service-certificate':
        await this.#takeServiceCertificate(message);
        return { kind: 'next', message: await this.#requestAgain() };
      case 'device-certificate':
        await this.#install(message);
        return { kind: 'next', message: await this.#requestAgain() };
      default:
        throw new TypeError('Invalid response: it is a message to a license server.');
    }
  }

  /** An answer carries the nonce of its request. */
  async #openByNonce(message: SealedMessage): Promise<{ license: SealedLicense; request: SealedRequest }> {
    const device = await this.#device.identity();
    const { root } = this.#device;
    let refusal: unknown = new TypeError('Invalid response: this session has asked for no license.');

    for (const request of this.#pending) {
      try {
        return { license: await openLicense(message, { request, device, root }), request };
      } catch (error) {
        refusal = error;
      }
    }
    throw refusal;
  }

  #toReceived({
    license,
    request,
  }: {
    readonly license: SealedLicense;
    readonly request: SealedRequest;
  }): IncomingMessage {
    if (this.#device.now() - request.requestTime > MAX_ANSWER_AGE_MS) {
      throw new TypeError('Invalid response: the license is out of date.');
    }

    const { licenseId, keys, policy } = license;
    return {
      kind: 'license',
      license: {
        licenseId,
        keys,
        policy,
        isRenewal: request.type === 'license-renewal',
        isPersistent: policy.canPersist === true && request.sessionType === 'persistent-license',
      },
      accepted: () => {
        this.#licenseId = licenseId;
        // With its nonce used up, the same answer is a replay.
        this.#pending = this.#pending.filter((pending) => pending !== request);
      },
    };
  }

  /** Only where this session has asked for it: whatever the page has set must not be changed by an answer. */
  async #takeServiceCertificate({ body }: SealedMessage): Promise<void> {
    if (!this.#awaitsServiceCertificate) {
      throw new TypeError('Invalid response: no server certificate was asked for.');
    }

    this.#device.serviceCertificate ??= await readServiceCertificate(body, this.#device.root);
    this.#awaitsServiceCertificate = false;
  }

  async #acknowledge(message: SealedMessage): Promise<void> {
    const device = await this.#device.identity();
    const { root } = this.#device;
    const releases = this.#pending.filter(({ type }) => type === 'license-release');
    let refusal: unknown = new TypeError('Invalid response: nothing was released.');

    for (const request of releases) {
      try {
        await openReleaseAcknowledgement(message, { request, device, root });
        this.#pending = this.#pending.filter((pending) => pending !== request);
        return;
      } catch (error) {
        refusal = error;
      }
    }
    throw refusal;
  }

  async #install(message: SealedMessage): Promise<void> {
    if (!this.#uncertified) throw new TypeError('Invalid response: no device certificate was asked for.');

    const identity = await withCertificate(this.#uncertified, message.body, this.#device.root);
    await this.#device.replaceIdentity(identity);
    this.#uncertified = null;
  }

  #requestAgain(): Promise<OutgoingMessage> {
    if (!this.#demand) throw new TypeError('Invalid response: this session has asked for nothing.');
    return this.request(this.#demand);
  }

  async #requestIndividualization(identity: SealedIdentity): Promise<OutgoingMessage> {
    this.#uncertified = identity;
    const nonce = createNonce();
    const { securityLevel } = this.#device.system;
    const message = await sealProvisioningRequest(identity, { nonce, securityLevel });

    return this.#wrap('individualization-request', message, nonce, { keyIds: [] });
  }

  async #requestServiceCertificate(): Promise<OutgoingMessage> {
    this.#awaitsServiceCertificate = true;
    const empty = new Uint8Array();
    const message: SealedMessage = { type: 'service-certificate-request', body: empty, signature: empty };

    return this.#wrap('license-request', message, createNonce(), { keyIds: [] });
  }

  async #send(
    type: SealedRequest['type'],
    demand: LicenseDemand,
    about: { readonly licenseId?: string },
  ): Promise<OutgoingMessage> {
    const { sessionId, sessionType, keyIds, contentId } = demand;
    const nonce = createNonce();
    const requestTime = this.#device.now();
    const request: SealedRequest = {
      type,
      sessionId,
      sessionType,
      keyIds,
      nonce,
      requestTime,
      contentId,
      ...about,
    };
    const service = this.#device.serviceCertificate ?? undefined;
    const device = await this.#device.identity();
    const outgoing = await orNotSupported(async () => {
      const message = await sealRequest(request, { device, service });
      return this.#wrap(type, message, nonce, { keyIds, contentId });
    });
    this.#pending = [...this.#pending, request].slice(-MAX_PENDING);
    return outgoing;
  }

  #wrap(
    type: MessageType,
    message: SealedMessage,
    nonce: Uint8Array,
    about: Pick<LicenseDemand, 'keyIds' | 'contentId'>,
  ): OutgoingMessage {
    const bytes = this.#envelope.writeRequest(message, {
      ...about,
      nonce,
      requestTime: this.#device.now(),
      serviceCertificate: this.#device.serviceCertificate?.bytes,
      bare: this.#device.system.bareMessages,
    });
    return { type, bytes };
  }

  async #renewalAskedByPage(response: Uint8Array): Promise<OutgoingMessage | null> {
    const isAsked =
      this.#device.system.dialect === 'fairplay' && new TextDecoder().decode(response) === FAIRPLAY_RENEW;
    if (!isAsked || !this.#demand || this.#licenseId === null) return null;

    return this.renew(this.#demand, this.#licenseId);
  }
}

/** What has no place in a message: too many key ids, or a content id that is too long. */
async function orNotSupported<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (!isProtocolError(error)) throw error;
    throw createException('NotSupportedError', `This key system cannot ask for that: ${error.message}.`);
  }
}

/** Never from a seed: a nonce that comes again would make an old answer a good one. */
function createNonce(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
}
