import type { CertificateAuthority, SealedSystem } from '@secure-player/protocol';

import type { SystemName } from '../catalog/system-name.js';
import { ProblemError } from '../http/problem-error.js';
import type { MessageDemand, UpstreamAnswer, UpstreamGrant } from '../license-proxy/license-upstream.js';
import type { Random } from '../secrets/opaque-secret.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import { createClearKeyIssuer } from './clear-key-issuer.js';
import { KeySeeds } from './key-seeds.js';
import type { DeviceMessage, LicenseIssuer } from './license-issuer.js';
import { LicenseTokens, type LicenseTokenClaims, type TokenKey } from './license-token.js';
import { createSealedIssuer } from './sealed-issuer.js';
import { ServiceIdentity } from './service-identity.js';
import type { TokenLedger } from './token-ledger.js';

/** How a license server is set up. */
export interface LicenseServerOptions {
  /** The key seed of each tenant, by its id; a server for one alone calls it `default`. */
  readonly keySeeds: Iterable<readonly [tenant: string, seed: Uint8Array]>;
  /** The keys that tokens are signed with; the proxy has the same. */
  readonly tokenKeys: readonly TokenKey[];
  /** Where used tokens are remembered. All license servers of the same `tokenKeys` share one. */
  readonly ledger: TokenLedger;
  /** Whether there are licenses for the devices of the virtual CDM. @default false */
  readonly virtualKeySystems?: boolean | undefined;
  /** Who certifies those devices. @default the published test root, whose private key everybody knows */
  readonly deviceAuthority?: CertificateAuthority | undefined;
  /** @default Date.now */
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
}

const SEALED_SYSTEMS: readonly SealedSystem[] = ['widevine', 'playready', 'fairplay'];
/** The systems whose devices take a server certificate. PlayReady's do not. */
const CERTIFIED_SYSTEMS: readonly SystemName[] = ['widevine', 'fairplay'];

/** The last door to the keys: it opens for a token that is valid, for this request, and was never used. */
export class LicenseServer {
  readonly #issuers: ReadonlyMap<SystemName, LicenseIssuer>;
  readonly #tokens: LicenseTokens;
  readonly #ledger: TokenLedger;
  readonly #service: ServiceIdentity | null;

  constructor(options: LicenseServerOptions) {
    const { tokenKeys, ledger, clock = Date.now, random, virtualKeySystems = false } = options;
    const keySeeds = new KeySeeds(options.keySeeds);
    const service = virtualKeySystems ? new ServiceIdentity(options.deviceAuthority) : null;
    const sealed =
      service === null
        ? []
        : SEALED_SYSTEMS.map((system) => createSealedIssuer(system, { keySeeds, service, clock, random }));

    this.#issuers = new Map(
      [createClearKeyIssuer(keySeeds), ...sealed].map((issuer) => [issuer.name, issuer]),
    );
    this.#tokens = new LicenseTokens({ keys: tokenKeys, clock });
    this.#ledger = ledger;
    this.#service = service;
  }

  /** Whether it answers devices that the published test root certifies, which are anybody's. */
  get trustsTestRoot(): boolean {
    return this.#service?.isTestRoot ?? false;
  }

  /** What a message asks for. It gives nothing away, and takes no token. */
  async inspect(system: SystemName, message: DeviceMessage): Promise<MessageDemand> {
    return this.#issuerOf(system).inspect(message);
  }

  /**
   * Answers a message. The token is used up first, whatever becomes of the message then: who asks again needs another one.
   */
  async answer(system: SystemName, message: DeviceMessage, token: string): Promise<UpstreamAnswer> {
    const issuer = this.#issuerOf(system);
    const claims = await this.#tokens.verify(token, system);
    return this.#issue(issuer, message, claims);
  }

  /**
   * Answers a message of a proxy in this process, which is believed without a signature. What it grants is used up first, as
   * a token is.
   */
  async answerHere(message: DeviceMessage, grant: UpstreamGrant): Promise<UpstreamAnswer> {
    return this.#issue(this.#issuerOf(grant.system), message, this.#tokens.claim(grant));
  }

  /** The server certificate of a system, or null where devices take none. */
  async certificate(system: SystemName): Promise<Uint8Array<ArrayBuffer> | null> {
    if (this.#service === null || !CERTIFIED_SYSTEMS.includes(system)) return null;
    return (await this.#service.get()).identity.certificate;
  }

  async #issue(
    issuer: LicenseIssuer,
    message: DeviceMessage,
    claims: LicenseTokenClaims,
  ): Promise<UpstreamAnswer> {
    const isFirst = await this.#ledger.consume(claims.jti, claims.goneAt);
    if (!isFirst) throw new ProblemError('license-token-rejected');

    return issuer.answer(message, claims);
  }

  #issuerOf(system: SystemName): LicenseIssuer {
    const issuer = this.#issuers.get(system);
    if (issuer === undefined) throw new ProblemError('key-system-unsupported');
    return issuer;
  }
}
