import type { AuditTrail } from '../audit/audit-trail.js';
import { audited } from '../audit/audited.js';
import { keyIdsIn } from '../license-server/select-keys.js';
import { SYSTEM_NAMES, type SystemName } from '../catalog/system-name.js';
import { requestMediaType } from '../http/media-type.js';
import { ProblemError } from '../http/problem-error.js';
import { readBody } from '../http/read-body.js';
import type { Log } from '../log/log-entry.js';
import { decideGrant, type DecidedGrant, type LicenseQuestion } from './decide-grant.js';
import { decideOfflineGrant, readOfflineId, type OfflineAuthority } from './decide-offline-grant.js';
import type { LicenseUpstream, MessageDemand, UpstreamGrant, UpstreamRequest } from './license-upstream.js';

/** What the proxy works with. */
export interface LicenseProxyOptions extends OfflineAuthority {
  /** The license server of each system that there are licenses for. */
  readonly upstreams: ReadonlyMap<SystemName, LicenseUpstream>;
  readonly audit: AuditTrail;
  readonly log: Log;
}

/** CDMs' messages are a few kilobytes; one for 256 keys is below 16. */
const BODY_LIMIT = 64 * 1024;
const GONE = 'The connection was closed before the answer.';

/**
 * Answers CDMs' messages: decides who may have what, and has the license server make the license. To the player it is the
 * license server, and nothing that the player sends or gets opens the real one.
 */
export class LicenseProxy {
  readonly #options: LicenseProxyOptions;

  constructor(options: LicenseProxyOptions) {
    this.#options = options;
  }

  /** The license server of a system, by the last part of an address. */
  upstreamOf(name: string): { readonly system: SystemName; readonly upstream: LicenseUpstream } {
    const system = SYSTEM_NAMES.find((known) => known === name);
    const upstream = system && this.#options.upstreams.get(system);
    if (system === undefined || upstream === undefined) throw new ProblemError('key-system-unsupported');
    return { system, upstream };
  }

  /** Answers a message, or throws the problem to answer with. */
  async answer(name: string, request: Request, region: string | null): Promise<Response> {
    const { system, upstream } = this.upstreamOf(name);
    const contentType = request.headers.get('content-type');
    const message = await readBody(request, BODY_LIMIT);
    const demand =
      (await upstream.inspect?.({ system, message, contentType: requestMediaType(request) })) ?? null;

    const soapAction = request.headers.get('soapaction');
    const exchange: Exchange = { upstream, request, message, contentType, soapAction };
    const url = new URL(request.url);
    // A server certificate is everybody's.
    if (demand?.purpose === 'service') {
      return this.#send(exchange, serviceGrant(this.#options.tenant, system));
    }
    if (demand?.purpose === 'release') return this.#release(exchange, { request, url, region, system });

    const decide = url.searchParams.has('offline') ? decideOfflineGrant : decideGrant;
    return audited(this.#options, { action: 'license', region, account: null }, async (note) => {
      note({ system, keys: demand && keyIdsIn(demand).length });
      const decided = await decide(this.#options, { request, url, region, system, demand }, note);
      const answer = await this.#send(exchange, decided.grant);
      await this.#startRental(decided);
      const keys = countLicensed(decided.grant, demand);
      note({ keys });
      this.#log(demand, decided.grant, keys);
      return answer;
    });
  }

  /**
   * Takes a license back, which gives nothing away: no rights are asked for, and one that is revoked, released or unknown is
   * acknowledged as well, or its device could never forget it. It counts as released before its device hears of that.
   */
  async #release(
    exchange: Exchange,
    { request, url, region, system }: Omit<LicenseQuestion, 'demand'>,
  ): Promise<Response> {
    const { tenant, offlineLicenses, accountLimits } = this.#options;
    if (!url.searchParams.has('offline')) return this.#send(exchange, serviceGrant(tenant, system));

    return audited(this.#options, { action: 'offline-release', region, account: null }, async (note) => {
      note({ system });
      const license = await offlineLicenses.look(readOfflineId(url));
      if (license !== undefined) {
        accountLimits?.require(request, license.accountId);
        note({ accountId: license.accountId, contentId: license.contentId, sessionKey: license.key });
      }
      const answer = await this.#send(exchange, serviceGrant(tenant, system));
      if (license !== undefined) await offlineLicenses.release(license);
      return answer;
    });
  }

  async #send({ upstream, request, ...message }: Exchange, grant: UpstreamGrant): Promise<Response> {
    const sent: UpstreamRequest = {
      ...message,
      grant,
      // A signal is dear to make, and the license server in this process asks for none.
      get signal() {
        return request.signal;
      },
    };
    const answer = await upstream.send(sent).catch((error: unknown) => {
      // Whoever asked is gone: no fault of the license server or of ours.
      throw request.signal.aborted ? new ProblemError('invalid-request', { detail: GONE }) : error;
    });
    return new Response(answer.body, {
      headers: {
        'Content-Type': answer.contentType ?? 'application/octet-stream',
        'Cache-Control': 'no-store',
      },
    });
  }

  /** When there is a license, and before anybody has it: one that was refused by the license server costs no time. */
  async #startRental({ rentalToStart }: DecidedGrant): Promise<void> {
    if (rentalToStart === null) return;
    const { accountId, contentId, startedAt } = rentalToStart;
    await this.#options.rentals.start(accountId, contentId, startedAt);
  }

  #log(demand: MessageDemand | null, { system, contentId }: UpstreamGrant, keys: number): void {
    const { log, clock } = this.#options;
    log({
      event: 'license',
      level: 'debug',
      time: clock(),
      system,
      contentId,
      requestedKeys: demand?.keyIds.length ?? keys,
      grantedKeys: keys,
    });
  }
}

/** A message on its way, and where it goes. */
interface Exchange extends Omit<UpstreamRequest, 'grant' | 'signal'> {
  readonly upstream: LicenseUpstream;
  readonly request: Request;
}

/** How many of the granted keys a license was asked for; all where the message names none, or nobody can read it. */
function countLicensed({ keys }: UpstreamGrant, demand: MessageDemand | null): number {
  const asked = new Set(demand === null ? [] : keyIdsIn(demand));
  return asked.size === 0 ? keys.length : keys.filter(({ keyId }) => asked.has(keyId)).length;
}

function serviceGrant(tenant: string, system: SystemName): UpstreamGrant {
  return {
    tenant,
    accountId: null,
    sessionKey: null,
    deviceId: null,
    contentId: '',
    system,
    sessionType: 'temporary',
    keys: [],
    policy: {},
  };
}
