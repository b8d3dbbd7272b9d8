import {
  answerProvisioningRequest,
  createIdentity,
  ENVELOPES,
  fromHex,
  openRequest,
  sealLicense,
  sealReleaseAcknowledgement,
  testRoot,
  type CertificateAuthority,
  type KeyPolicy,
  type LicensePolicy,
  type SealedIdentity,
  type SealedRequest,
  type SealedSystem,
} from '@secure-player/protocol';

/** What the server puts into its licenses. */
export interface ServerPolicy {
  readonly policy?: LicensePolicy | undefined;
  readonly keyPolicy?: Readonly<Record<string, KeyPolicy>> | undefined;
  /** Keys that it holds back. */
  readonly withheld?: readonly string[] | undefined;
  /** What it puts in beside the keys that were asked for. */
  readonly extraKeyIds?: readonly string[] | undefined;
}

/** The license server of one key system, which grants whatever it is asked for; each key is its id with all bits turned. */
export class SealedServer {
  readonly requests: SealedRequest[] = [];
  readonly #system: SealedSystem;
  readonly #identity: SealedIdentity;
  readonly #authority: CertificateAuthority;
  readonly #root: CryptoKey;

  constructor(
    system: SealedSystem,
    identity: SealedIdentity,
    authority: CertificateAuthority,
    root: CryptoKey,
  ) {
    this.#system = system;
    this.#identity = identity;
    this.#authority = authority;
    this.#root = root;
  }

  /** `trusts`: whose devices it serves, where that is not the authority that has certified the server. */
  static async create(
    system: SealedSystem,
    authority?: CertificateAuthority,
    { trusts }: { readonly trusts?: CryptoKey } = {},
  ): Promise<SealedServer> {
    const issuer = authority ?? (await testRoot());
    const identity = await createIdentity({ authority: issuer, role: 'service' });
    return new SealedServer(system, identity, issuer, trusts ?? issuer.publicKey);
  }

  get certificate(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#identity.certificate);
  }

  async answer(message: ArrayBuffer, rules: ServerPolicy = {}): Promise<Uint8Array<ArrayBuffer>> {
    const envelope = ENVELOPES[this.#system];
    const sealed = envelope.readRequest(new Uint8Array(message));
    const empty = new Uint8Array();
    if (sealed.type === 'service-certificate-request') {
      return envelope.writeResponse({
        type: 'service-certificate',
        body: this.certificate,
        signature: empty,
      });
    }
    if (sealed.type === 'individualization-request') {
      return envelope.writeResponse(await answerProvisioningRequest(sealed, { authority: this.#authority }));
    }

    const service = this.#identity;
    const { request, device } = await openRequest(sealed, { service, root: this.#root });
    this.requests.push(request);
    if (request.type === 'license-release') {
      return envelope.writeResponse(await sealReleaseAcknowledgement({ request, device, service }));
    }

    const license = {
      licenseId: request.licenseId ?? `license of ${request.sessionId}`,
      issuedAt: request.requestTime,
      keys: toKeys(request, rules),
      policy: rules.policy ?? {},
    };
    return envelope.writeResponse(await sealLicense(license, { request, device, service }));
  }
}

/** The key that servers here give for a key id. */
export function contentKey(keyId: string): Uint8Array<ArrayBuffer> {
  return fromHex(keyId).map((byte) => byte ^ 0xff);
}

function toKeys(
  { keyIds }: SealedRequest,
  { keyPolicy = {}, withheld = [], extraKeyIds = [] }: ServerPolicy,
) {
  return [...new Set([...keyIds, ...extraKeyIds])]
    .filter((keyId) => !withheld.includes(keyId))
    .map((keyId) => ({ keyId, key: contentKey(keyId), policy: keyPolicy[keyId] ?? {} }));
}
