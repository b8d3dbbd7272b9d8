import type { SystemName } from '../catalog/system-name.js';
import { mediaTypeOf } from '../http/media-type.js';
import type { LicenseServer } from '../license-server/license-server.js';
import type { LicenseUpstream, UpstreamRequest } from './license-upstream.js';

/** A license server in the proxy's own process: no token goes in between, and each grant is used up as a token is. */
export class InProcessLicenseServer implements LicenseUpstream {
  readonly #server: LicenseServer;

  constructor(server: LicenseServer) {
    this.#server = server;
  }

  async inspect({ system, message, contentType }: Parameters<NonNullable<LicenseUpstream['inspect']>>[0]) {
    return this.#server.inspect(system, { body: message, mediaType: contentType });
  }

  async send({ grant, message, contentType }: UpstreamRequest) {
    return this.#server.answerHere({ body: message, mediaType: mediaTypeOf(contentType) }, grant);
  }

  async certificate(system: SystemName): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#server.certificate(system);
  }
}
