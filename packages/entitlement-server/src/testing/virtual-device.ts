import type { webcrypto } from 'node:crypto';

import {
  ENVELOPES,
  createIdentity,
  openLicense,
  readCertificate,
  sealRequest,
  testRoot,
  type Certificate,
  type CertificateAuthority,
  type KeyId,
  type SealedIdentity,
  type SealedLicense,
  type SealedMessage,
  type SealedRequest,
  type SealedSystem,
  type SecurityLevel,
} from '@secure-player/protocol';

import { bearer, codeOf, type TestServer } from './setup.js';

export const SYSTEMS: readonly SealedSystem[] = ['widevine', 'playready', 'fairplay'];

/** What each system's players call their messages. */
export const CONTENT_TYPES: Readonly<Record<SealedSystem, string>> = {
  widevine: 'application/octet-stream',
  playready: 'text/xml; charset=utf-8',
  fairplay: 'application/octet-stream',
};

/** Options of {@link createDevice}. */
export interface DeviceOptions {
  readonly system: SealedSystem;
  readonly server: TestServer;
  /** @default 'software' */
  readonly securityLevel?: SecurityLevel;
  /** Who certifies it. @default the test root */
  readonly authority?: CertificateAuthority;
  /** Whom it trusts to certify license servers. @default the test root */
  readonly root?: webcrypto.CryptoKey;
}

/** A device of the virtual CDM, as far as a license server sees it. */
export interface VirtualDevice {
  readonly identity: SealedIdentity;
  /** The bytes of a message. */
  seal(request: SealedRequest): Promise<Uint8Array<ArrayBuffer>>;
  /** Sends a message to the system's license server. */
  post(message: Uint8Array<ArrayBuffer>, options?: PostOptions): Promise<Response>;
  /** Asks for a license, and opens it; or gives the code of the problem. */
  ask(request: SealedRequest, options?: PostOptions): Promise<SealedLicense | string | number>;
  /** Opens an answer to a request. */
  open(answer: Uint8Array, request: SealedRequest): Promise<SealedLicense>;
}

export interface PostOptions {
  readonly token?: string | null;
  readonly query?: string;
  /** Another system's license server. */
  readonly system?: SealedSystem;
  /** @default the system's usual one; null for none */
  readonly contentType?: string | null;
}

export async function createDevice(options: DeviceOptions): Promise<VirtualDevice> {
  const { system, server, securityLevel = 'software' } = options;
  const authority = options.authority ?? (await testRoot());
  const root = options.root ?? (await testRoot()).publicKey;
  const identity = await createIdentity({ authority, role: 'device', securityLevel });
  const service = await serviceCertificate(server, root);
  const envelope = ENVELOPES[system];

  const device: VirtualDevice = {
    identity,
    async seal(request) {
      const message = await sealRequest(request, { device: identity, service });
      return envelope.writeRequest(message, { ...request, serviceCertificate: service.bytes });
    },
    post: async (message, post = {}) => postMessage(server, system, message, post),
    async ask(request, post) {
      const answer = await device.post(await device.seal(request), post);
      if (answer.status !== 200) return codeOf(answer);
      return device.open(new Uint8Array(await answer.arrayBuffer()), request);
    },
    open: async (answer, request) =>
      openLicense(envelope.readResponse(answer), { request, device: identity, root }),
  };
  return device;
}

/** A message without a device behind it, such as a request for the server certificate. */
export async function postMessage(
  server: TestServer,
  system: SealedSystem,
  message: Uint8Array<ArrayBuffer>,
  options: PostOptions = {},
): Promise<Response> {
  const { token = null, query = '', contentType = CONTENT_TYPES[options.system ?? system] } = options;
  return server.app.request(`/license/${options.system ?? system}${query}`, {
    method: 'POST',
    headers: { ...bearer(token), ...(contentType !== null && { 'Content-Type': contentType }) },
    body: message,
  });
}

/** Reads the message in an answer's envelope. */
export async function messageIn(answer: Response, system: SealedSystem): Promise<SealedMessage> {
  return ENVELOPES[system].readResponse(new Uint8Array(await answer.arrayBuffer()));
}

/** A request for a new license, or what a test changes of it. */
export function requestFor(keyIds: readonly KeyId[], change: Partial<SealedRequest> = {}): SealedRequest {
  return {
    type: 'license-request',
    sessionId: 'session-1',
    sessionType: 'temporary',
    keyIds,
    nonce: crypto.getRandomValues(new Uint8Array(16)),
    requestTime: Date.UTC(2026, 0, 1),
    ...change,
  };
}

/** The license that `ask` gave; throws where it was refused. */
export function licenseOf(answer: SealedLicense | string | number): SealedLicense {
  if (typeof answer !== 'object') throw new Error(`No license: ${answer}`);
  return answer;
}

async function serviceCertificate(server: TestServer, root: webcrypto.CryptoKey): Promise<Certificate> {
  const answer = await server.get('/certificate/widevine');
  return readCertificate(new Uint8Array(await answer.arrayBuffer()), root);
}
