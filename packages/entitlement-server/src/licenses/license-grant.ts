import type { KeyId, LicensePolicy, SealedSessionType, SecurityLevel } from '@secure-player/protocol';

import { authenticate, type Authenticator, type Identity } from '../accounts/authenticate.js';
import type { SystemName } from '../catalog/system-name.js';
import type { TitleIndex } from '../catalog/title-index.js';
import type { Title, TitleKey } from '../catalog/title.js';
import { ProblemError, invalidField } from '../http/problem-error.js';
import type { PlaybackSessions } from '../playback-sessions/playback-sessions.js';
import { requireRights } from '../rights/require-rights.js';
import type { Clock } from '../storage/owned-expiring-map.js';

/** What it takes to decide about a license, whatever the key system. */
export interface LicenseAuthority extends Authenticator {
  readonly titles: TitleIndex;
  readonly sessions: PlaybackSessions;
  readonly clock: Clock;
}

/** What a device asks for, and what it is. */
export interface LicenseDemand {
  /** Whose license it is to be. */
  readonly system: SystemName;
  readonly keyIds: readonly KeyId[];
  readonly sessionType: SealedSessionType;
  /** As it is certified, or `software` where nothing certifies it. */
  readonly securityLevel: SecurityLevel;
  /** What the message calls these members, for the problem that names them. */
  readonly fields: { readonly keyIds: string; readonly sessionType: string };
}

/** Which of the keys asked for may be handed out, and under which conditions. */
export interface LicenseGrant {
  readonly title: Title;
  /** At least one, in the order asked for, each once. */
  readonly keys: readonly TitleKey[];
  /** The title's, ended with the subscription unless the title is free. */
  readonly policy: LicensePolicy;
}

/**
 * Decides about a license request at this moment: what was true when the session was opened does not count. Throws the
 * problem to answer with when not even one key may go out.
 */
export async function grantLicense(
  authority: LicenseAuthority,
  request: Request,
  demand: LicenseDemand,
): Promise<LicenseGrant> {
  const { system, keyIds, sessionType, fields } = demand;
  const title = requireOneTitle(authority.titles, keyIds, fields.keyIds);
  if (title.keySystems?.includes(system) === false) throw new ProblemError('key-system-unsupported');
  const identity = await identify(authority, request, title, fields.keyIds);
  const now = authority.clock();
  const rights = requireRights(title, identity, now);

  const policy = policyFor(title, identity);
  requireWithin(policy, now);
  if (sessionType === 'persistent-license' && policy.canPersist !== true) {
    throw invalidField(fields.sessionType, 'must be temporary: licenses of this title may not be stored');
  }

  const entitled = [...new Set(keyIds)]
    .filter((keyId) => rights.keyIds.includes(keyId))
    .flatMap((keyId) => title.keys.find((key) => key.keyId === keyId) ?? []);
  if (entitled.length === 0) throw new ProblemError('plan-insufficient');

  const keys = entitled.filter((key) => isSafeWith(key, demand));
  const included = title.keys.filter(({ keyId }) => rights.keyIds.includes(keyId));
  if (keys.length === 0 || losesContent(entitled, demand) || losesContent(included, demand)) {
    throw new ProblemError('security-level-insufficient');
  }
  return { title, keys, policy };
}

/** A license must not outlive what it was issued for. */
function policyFor(title: Title, identity: Identity): LicensePolicy {
  const policy = title.policy ?? {};
  const endsAt = identity.status === 'account' ? identity.account.subscriptionEndsAt : null;
  if (title.access === 'free' || endsAt === null) return policy;

  return { ...policy, notAfter: Math.min(policy.notAfter ?? endsAt, endsAt) };
}

/** The device keeps these bounds too, by a clock of its own; Clear Key keeps none. */
function requireWithin({ notBefore = 0, notAfter = Infinity }: LicensePolicy, now: number): void {
  if (now < notBefore) {
    throw new ProblemError('content-not-found', { detail: 'The title is not available yet.' });
  }
  if (now >= notAfter) {
    throw new ProblemError('content-not-found', { detail: 'The title is no longer available.' });
  }
}

function isSafeWith({ use, inClear, policy }: TitleKey, { system, securityLevel }: LicenseDemand): boolean {
  // Clear Key shows keys to the page, and one root key opens all that is embedded under it.
  if (system === 'clearkey' && use === 'root' && inClear !== true) return false;
  return policy?.minSecurityLevel !== 'hardware' || securityLevel === 'hardware';
}

/** A root key alone would open, in the media, what was just refused. */
function losesContent(keys: readonly TitleKey[], demand: LicenseDemand): boolean {
  const content = keys.filter(({ use }) => use !== 'root');
  return content.length > 0 && !content.some((key) => isSafeWith(key, demand));
}

function requireOneTitle(titles: TitleIndex, keyIds: readonly KeyId[], field: string): Title {
  const found = new Set(keyIds.map((keyId) => titles.findByKeyId(keyId)));
  const [title] = found;
  if (title === undefined || found.has(undefined)) throw new ProblemError('content-not-found');
  if (found.size > 1) throw invalidField(field, 'must all belong to one title');
  return title;
}

/** By the playback session if the URL names one, else by the bearer token. */
async function identify(
  authority: LicenseAuthority,
  request: Request,
  title: Title,
  field: string,
): Promise<Identity> {
  const bearer = await authenticate(request, authority);
  const ids = new URL(request.url).searchParams.getAll('session');
  const [id] = ids;
  if (id === undefined) return bearer;
  if (ids.length > 1) throw invalidField('session', 'must be given once');

  const { session, identity } = await authority.sessions.use(id, bearer);
  if (session.contentId !== title.id) {
    throw invalidField(field, "must belong to the playback session's title");
  }
  return identity;
}
