import type { AuditEntry, AuditTrail } from '../audit/audit-trail.js';
import { SYSTEM_NAMES, type SystemName } from '../catalog/system-name.js';
import { requestMediaType } from '../http/media-type.js';
import { ProblemError } from '../http/problem-error.js';
import { readBody } from '../http/read-body.js';
import type { Log } from '../log/log-entry.js';
import { decideGrant, type LicenseAuthority } from './decide-grant.js';
import type { LicenseUpstream, MessageDemand, UpstreamGrant } from './license-upstream.js';

/** What the proxy works with. */
export interface LicenseProxyOptions extends LicenseAuthority {
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

    const grant = await this.#decide({ request, region, system, demand });
    const { signal } = request;
    const soapAction = request.headers.get('soapaction');
    const answer = await upstream
      .send({ grant, message, contentType, soapAction, signal })
      .catch((error: unknown) => {
        // Whoever asked is gone: no fault of the license server or of ours.
        throw signal.aborted ? new ProblemError('invalid-request', { detail: GONE }) : error;
      });
    return new Response(answer.body, {
      headers: {
        'Content-Type': answer.contentType ?? 'application/octet-stream',
        'Cache-Control': 'no-store',
      },
    });
  }

  async #decide(question: {
    readonly request: Request;
    readonly region: string | null;
    readonly system: SystemName;
    readonly demand: MessageDemand | null;
  }): Promise<UpstreamGrant> {
    const { system, demand } = question;
    // A server certificate is everybody's, and a license that is given back gives nothing away.
    if (demand?.purpose === 'service') return serviceGrant(this.#options.tenant, system);

    try {
      const grant = await decideGrant(this.#options, question);
      this.#note(question, 'granted', grant);
      return grant;
    } catch (error) {
      if (error instanceof ProblemError) this.#note(question, error.problem.code, null);
      throw error;
    }
  }

  #note(
    { system, region, demand }: { system: SystemName; region: string | null; demand: MessageDemand | null },
    decision: AuditEntry['decision'],
    grant: UpstreamGrant | null,
  ): void {
    const { audit, log, clock } = this.#options;
    audit.append({
      time: clock(),
      action: 'license',
      decision,
      accountId: grant?.accountId ?? null,
      contentId: grant?.contentId ?? null,
      system,
      region,
      keys: grant?.keys.length ?? demand?.keyIds.length ?? null,
      sessionKey: grant?.sessionKey ?? null,
    });
    if (grant === null) return;
    log({
      event: 'license',
      level: 'debug',
      time: clock(),
      system,
      contentId: grant.contentId,
      requestedKeys: demand?.keyIds.length ?? grant.keys.length,
      grantedKeys: grant.keys.length,
    });
  }
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
