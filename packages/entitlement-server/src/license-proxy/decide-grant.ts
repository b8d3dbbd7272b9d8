import type { KeyId, SealedSessionType } from '@secure-player/protocol';

import { authenticate, type Authenticator, type Identity } from '../accounts/authenticate.js';
import type { DecisionNotes } from '../audit/audited.js';
import type { SystemName } from '../catalog/system-name.js';
import type { TitleIndex } from '../catalog/title-index.js';
import type { Title, TitleKey } from '../catalog/title.js';
import { ProblemError, invalidField } from '../http/problem-error.js';
import { requireSessionType, selectKeys } from '../license-server/select-keys.js';
import type { PlaybackSession } from '../playback-sessions/playback-session-store.js';
import type { PlaybackSessions, UsableSession } from '../playback-sessions/playback-sessions.js';
import { boundPolicy, mayBeStored, type LicenseBounds } from '../policy/license-bounds.js';
import type { Rental } from '../rentals/rental-store.js';
import type { GrantedRights } from '../rights/decide-rights.js';
import { stricterPolicy } from '../rights/plan-rules.js';
import { requireRights, type RightsSources } from '../rights/require-rights.js';
import type { GrantedKey, MessageDemand, UpstreamGrant } from './license-upstream.js';

/** What it takes to decide about a license. */
export interface LicenseAuthority extends Authenticator, RightsSources {
  readonly tenant: string;
  readonly titles: TitleIndex;
  readonly sessions: PlaybackSessions;
  /** Whether licenses for a limited number of streams end with their lease unless they are renewed. */
  readonly boundToLease: boolean;
}

/** A license that somebody asks for. */
export interface LicenseQuestion {
  readonly request: Request;
  readonly region: string | null;
  readonly system: SystemName;
  /** Null where nobody can read what the message asks for. */
  readonly demand: MessageDemand | null;
}

const UNNAMED = { keyIds: 'keyIds', sessionType: 'sessionType' } as const;

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
  const { request, region, system, demand } = question;
  const url = new URL(request.url);
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
  const title = requireTitle(authority.titles, { url, asked, usable, demand });
  note({ contentId: title.id });
  if (title.keySystems?.includes(system) === false) throw new ProblemError('key-system-unsupported');

  const rights = await requireRights(title, identity, region, authority);
  // A session of nobody's counts for no account, so that it would evade the limits of whoever signed in since.
  if (usable?.login == null && isLimited(rights)) throw new ProblemError('playback-session-required');
  const sessionType = grantedType(title, { url, demand });
  const keys = grantedKeys(title, rights);
  requireSomething(keys, demand, system);

  const base = { now: authority.clock(), policy: title.policy ?? {}, sessionType };
  // Before the lease is extended: who gets no license keeps no stream for it.
  requireBounds({ ...base, subscriptionEndsAt: null, rental: null, lease: null });
  const leased = usable && (await authority.sessions.extendLease(usable, rights.plan));
  const session = leased ?? usable?.session ?? null;
  const rental = startedRental(rights.rental, { now: base.now, sessionType, session });
  const policy = requireBounds({
    ...base,
    subscriptionEndsAt: title.access === 'subscription' ? (account?.subscriptionEndsAt ?? null) : null,
    rental,
    lease:
      session && authority.boundToLease && rights.plan?.streams
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
    rentalToStart: begins ? { accountId: account.id, contentId: title.id, startedAt: base.now } : null,
  };
}

function isLimited({ plan }: GrantedRights): boolean {
  return plan !== null && (plan.streams !== null || plan.devices !== null);
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

interface TitleClues {
  readonly url: URL;
  readonly asked: Title | null;
  readonly usable: UsableSession | null;
  readonly demand: MessageDemand | null;
}

/** What the message asks for, the session is for and the URL names has to be one title. */
function requireTitle(titles: TitleIndex, { url, asked, usable, demand }: TitleClues): Title {
  const { keyIds } = demand?.fields ?? UNNAMED;
  const contentIds = url.searchParams.getAll('content');
  if (contentIds.length > 1) throw invalidField('content', 'must be given once');
  const [contentId = usable?.session.contentId] = contentIds;

  if (usable && asked && usable.session.contentId !== asked.id) {
    throw invalidField(keyIds, "must belong to the playback session's title");
  }
  if (contentId === undefined) {
    if (asked === null) throw new ProblemError('playback-session-required');
    return asked;
  }
  const named = titles.require(contentId);
  if (usable && usable.session.contentId !== named.id) {
    throw invalidField('content', "must be the playback session's title");
  }
  if (asked && asked !== named) throw invalidField(keyIds, 'must belong to the title that the address names');
  return named;
}

function titleOfDemand(titles: TitleIndex, { keyIds, contentId, fields }: MessageDemand): Title {
  // Init data may name a title instead of keys: by its id, or as FairPlay's playlists do by the id of one key.
  if (keyIds.length === 0 && contentId !== undefined) {
    const title = titles.find(contentId) ?? titles.findByKeyId(contentId);
    if (title === undefined) throw new ProblemError('content-not-found');
    return title;
  }
  const found = new Set(keyIds.map((keyId) => titles.findByKeyId(keyId)));
  const [title] = found;
  if (title === undefined || found.has(undefined)) throw new ProblemError('content-not-found');
  if (found.size > 1) throw invalidField(fields.keyIds, 'must all belong to one title');
  return title;
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

function grantedKeys(title: Title, { keyIds, plan }: GrantedRights): GrantedKey[] {
  const included = new Set<KeyId>(keyIds);
  return title.keys.filter(({ keyId }) => included.has(keyId)).map((key) => toGrantedKey(key, plan));
}

function toGrantedKey(key: TitleKey, plan: GrantedRights['plan']): GrantedKey {
  if (key.use === 'root') {
    return { keyId: key.keyId, inClear: key.inClear, policy: { ...key.policy, use: 'root' } };
  }
  return {
    keyId: key.keyId,
    group: key.group,
    policy: stricterPolicy(key.policy ?? {}, plan?.groups[key.group] ?? {}),
  };
}

/** A refusal that can be known now costs no token. What only the license server knows, as a device's level, it says. */
function requireSomething(
  keys: readonly GrantedKey[],
  demand: MessageDemand | null,
  system: SystemName,
): void {
  const keyIds = demand?.keyIds ?? [];
  if (system === 'clearkey' || keyIds.length > 0) {
    selectKeys({ keys }, keyIds, { system, securityLevel: system === 'clearkey' ? 'software' : 'hardware' });
  }
}

function requireBounds(bounds: LicenseBounds) {
  const bounded = boundPolicy(bounds);
  if (bounded.status === 'granted') return bounded.policy;
  throw new ProblemError('content-not-found', { detail: bounded.detail });
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
