import type { SealedSessionType } from '@secure-player/protocol';

import { authenticate, type Authenticator, type Identity } from '../accounts/authenticate.js';
import type { DecisionNotes } from '../audit/audited.js';
import type { SystemName } from '../catalog/system-name.js';
import type { TitleIndex } from '../catalog/title-index.js';
import type { Title } from '../catalog/title.js';
import { ProblemError, invalidField } from '../http/problem-error.js';
import { requireSessionType } from '../license-server/select-keys.js';
import type { PlaybackSession } from '../playback-sessions/playback-session-store.js';
import type { PlaybackSessions, UsableSession } from '../playback-sessions/playback-sessions.js';
import { mayBeStored } from '../policy/license-bounds.js';
import { requireAvailable, requireBounds } from '../policy/require-bounds.js';
import type { Rental } from '../rentals/rental-store.js';
import type { GrantedRights } from '../rights/decide-rights.js';
import { requireRights, type RightsSources } from '../rights/require-rights.js';
import { grantedKeys, requireSomething } from './grant-keys.js';
import { requireTitle, titleOfDemand, UNNAMED } from './grant-title.js';
import type { MessageDemand, UpstreamGrant } from './license-upstream.js';

/** What it takes to decide about a license. */
export interface LicenseAuthority extends Authenticator, RightsSources {
  readonly tenant: string;
  readonly titles: TitleIndex;
  readonly sessions: PlaybackSessions;
  /** Whether licenses end with their stream, or while they are prefetched with their session, unless they are renewed. */
  readonly boundToLease: boolean;
}

/** A license that somebody asks for. */
export interface LicenseQuestion {
  readonly request: Request;
  /** The request's. */
  readonly url: URL;
  readonly region: string | null;
  readonly system: SystemName;
  /** Null where nobody can read what the message asks for. */
  readonly demand: MessageDemand | null;
}

/** What may go out, and what becomes of it when it does. */
export interface DecidedGrant {
  readonly grant: UpstreamGrant;
  /** Begins with this license, whose bounds count on it; null where none does. */
  readonly rentalToStart: RentalStart | null;
}

/** A rental whose playback begins. */
export interface RentalStart {
  readonly accountId: string;
  readonly contentId: string;
  readonly startedAt: number;
}

/**
 * Decides about a license at this moment: what was true when the session was opened does not count. Whoever holds a
 * stream has its lease extended, and who lost it gets no license. Throws the problem to answer with when nothing may go out.
 *
 * @param note Is told who asks for what as soon as that is known, for decisions that end in a refusal too.
 */
export async function decideGrant(
  authority: LicenseAuthority,
  question: LicenseQuestion,
  note: (known: DecisionNotes) => void,
): Promise<DecidedGrant> {
  const { request, url, region, system, demand } = question;
  const bearer = await authenticate(request, authority);
  if (bearer.status === 'account') note({ accountId: bearer.account.id });
  const asked = demand && titleOfDemand(authority.titles, demand);
  const usable = await findSession(authority, url, bearer);
  // A session acts for its account without a token.
  const { status } = bearer;
  if (status !== 'account' && usable?.session.accountId) {
    authority.accountLimits?.require(request, usable.session.accountId);
  }
  const identity = usable?.identity ?? bearer;
  const account = identity.status === 'account' ? identity.account : null;
  note({ accountId: account?.id ?? null, sessionKey: usable?.session.key ?? null });
  const opened = usable && { contentId: usable.session.contentId, by: 'playback session' as const };
  const title = requireTitle(authority.titles, { url, asked, opened, demand });
  note({ contentId: title.id });
  if (title.keySystems?.includes(system) === false) throw new ProblemError('key-system-unsupported');

  const rights = await requireRights(title, identity, region, authority);
  // A session of nobody's counts for no account, so that it would evade the limits of whoever signed in since.
  if (usable?.login == null && isLimited(rights)) throw new ProblemError('playback-session-required');
  const sessionType = grantedType(title, { url, demand });
  requireUncounted(sessionType, rights, demand);
  const keys = grantedKeys(title, rights);
  requireSomething(keys, demand, system);

  const now = authority.clock();
  const terms = title.policy ?? {};
  // Before the lease is extended: who gets no license keeps no stream for it.
  const begunAt = usable && begunAtOf(usable.session, sessionType);
  requireAvailable(terms, { now, begunAt });
  const leased = usable && (await authority.sessions.extendLease(usable, rights.plan));
  const session = leased ?? usable?.session ?? null;
  const rental = startedRental(rights.rental, { now, sessionType, session });
  const policy = requireBounds({
    now,
    policy: terms,
    sessionType,
    subscriptionEndsAt: title.access === 'subscription' ? (account?.subscriptionEndsAt ?? null) : null,
    rental,
    begunAt,
    lease:
      session && authority.boundToLease && endsWithSession(session, rights)
        ? authority.sessions.licenseTermsOf(session)
        : null,
  });

  const grant: UpstreamGrant = {
    tenant: authority.tenant,
    accountId: account?.id ?? null,
    sessionKey: session?.key ?? null,
    deviceId: session?.loginId ?? null,
    contentId: title.id,
    system,
    sessionType,
    keys,
    policy,
  };
  const begins = account !== null && rental !== rights.rental;
  return {
    grant,
    rentalToStart: begins ? { accountId: account.id, contentId: title.id, startedAt: now } : null,
  };
}

function isLimited({ plan }: GrantedRights): boolean {
  return plan !== null && (plan.streams !== null || plan.devices !== null);
}

/**
 * Where the devices that keep titles are counted, a license that is kept has to belong to one of them. A rental's belongs to an
 * offline license too, by which its device says when it was first played: with others its time would never begin.
 */
function requireUncounted(
  sessionType: SealedSessionType,
  { plan, rental }: GrantedRights,
  demand: MessageDemand | null,
): void {
  const isCounted = rental !== null || (plan !== null && plan.offlineDevices !== null);
  if (sessionType !== STORED || !isCounted) return;
  throw invalidField(
    demand?.fields.sessionType ?? 'type',
    'must be temporary: this one is stored under an offline license alone',
  );
}

/** By the playback session if the URL names one. */
async function findSession(
  { sessions }: LicenseAuthority,
  url: URL,
  bearer: Identity,
): Promise<UsableSession | null> {
  const ids = url.searchParams.getAll('session');
  const [id] = ids;
  if (id === undefined) return null;
  if (ids.length > 1) throw invalidField('session', 'must be given once');

  return sessions.use(id, bearer);
}

const STORED = 'persistent-license';

/** Of a message that only the license server can read the address says it: else every license could be stored that may be. */
function grantedType(
  title: Title,
  { url, demand }: { readonly url: URL; readonly demand: MessageDemand | null },
): SealedSessionType {
  const best = mayBeStored(title.policy ?? {}) ? STORED : 'temporary';
  const asked = demand ?? { sessionType: typeInAddress(url), fields: { ...UNNAMED, sessionType: 'type' } };
  requireSessionType(asked, best);
  return asked.sessionType;
}

function typeInAddress({ searchParams }: URL): SealedSessionType {
  const [type = 'temporary', ...more] = searchParams.getAll('type');
  if (more.length === 0 && (type === 'temporary' || type === STORED)) return type;
  throw invalidField('type', `must be temporary or ${STORED}, once`);
}

/**
 * A session that was prefetched plays since its promotion, which takes a title that may be begun at that moment: so it began
 * before the title's end too, though not when it was opened. What a stored license is for has not begun.
 */
function begunAtOf({ intent, startedAt }: PlaybackSession, sessionType: SealedSessionType): number | null {
  return intent === 'play' && sessionType !== STORED ? startedAt : null;
}

/**
 * Whether a license is good for as long as its session, or the stream of it, and no longer. What is prefetched costs no time of
 * a rental, so that playing on has to take what does: a session that plays, or a license to play.
 */
function endsWithSession({ intent }: PlaybackSession, { plan, rental }: GrantedRights): boolean {
  const isStreamCounted = plan !== null && plan.streams !== null;
  return isStreamCounted || (intent === 'prefetch' && rental?.startedAt === null);
}

interface RentalUse {
  readonly now: number;
  readonly sessionType: SealedSessionType;
  readonly session: PlaybackSession | null;
}

/** A license to play starts the rental; one that is prefetched or stored does not, and says itself by when to begin. */
function startedRental(rental: Rental | null, { now, sessionType, session }: RentalUse): Rental | null {
  const isForLater = sessionType === STORED || session?.intent === 'prefetch';
  if (rental === null || rental.startedAt !== null || isForLater) return rental;
  return { ...rental, startedAt: now };
}
