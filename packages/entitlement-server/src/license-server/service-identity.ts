import {
  createIdentity,
  isProtocolError,
  readCertificate,
  testRoot,
  type CertificateAuthority,
  type SealedIdentity,
} from '@secure-player/protocol';

import { invalidConfiguration } from '../entitlement-server-error.js';

/** As whom the server answers devices, and whose devices it answers. */
export interface Service {
  readonly identity: SealedIdentity;
  readonly authority: CertificateAuthority;
  /** Whether it is the published one, for lack of another. */
  readonly isTestRoot: boolean;
}

/**
 * Makes the server's keys and certificate once, at the first request that needs them: the platform makes keys
 * asynchronously, and a server exists at once. Rejects with an `EntitlementServerError` for an authority whose two keys
 * do not belong together.
 */
export class ServiceIdentity {
  readonly #authority: CertificateAuthority | undefined;
  #service: Promise<Service> | undefined;

  constructor(authority: CertificateAuthority | undefined) {
    this.#authority = authority;
  }

  /** Whether devices are certified by the published root, for lack of another authority. */
  get isTestRoot(): boolean {
    return this.#authority === undefined;
  }

  async get(): Promise<Service> {
    return (this.#service ??= this.#create());
  }

  async #create(): Promise<Service> {
    const authority = this.#authority ?? (await testRoot());
    try {
      const identity = await createIdentity({ authority, role: 'service' });
      await readCertificate(identity.certificate, authority.publicKey);
      return { identity, authority, isTestRoot: this.isTestRoot };
    } catch (cause) {
      if (!isProtocolError(cause)) throw cause;
      throw invalidConfiguration(
        'deviceAuthority',
        'must have a public key that verifies what its private key signs',
      );
    }
  }
}
