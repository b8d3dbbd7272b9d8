import type { SystemName } from '../catalog/system-name.js';
import { mediaTypeOf } from '../http/media-type.js';
import type { LicenseServer } from '../license-server/license-server.js';
import type { LicenseTokens } from '../license-server/license-token.js';
import type { LicenseUpstream, UpstreamRequest } from './license-upstream.js';

/** A license server in the proxy's own process. The same tokens go in between, minted, verified and used up. */
export class InProcessLicenseServer implements LicenseUpstream {
  readonly #server: LicenseServer;
  readonly #tokens: LicenseTokens;

  constructor(server: LicenseServer, tokens: LicenseTokens) {
    this.#server = server;
    this.#tokens = tokens;
  }

  async inspect({ system, message, contentType }: Parameters<NonNullable<LicenseUpstream['inspect']>>[0]) {
    return this.#server.inspect(system, { body: message, mediaType: contentType });
  }

  async send({ grant, message, contentType }: UpstreamRequest) {
    const token = await this.#tokens.mint(grant);
    return this.#server.answer(grant.system, { body: message, mediaType: mediaTypeOf(contentType) }, token);
  }

  async certificate(system: SystemName): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#server.certificate(system);
  }
}
