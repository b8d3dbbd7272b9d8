import type { PlaybackSessionRequest, StreamReplacement } from '@secure-player/protocol';

import type { AccountDirectory } from '../accounts/account-directory.js';
import type { Identity } from '../accounts/authenticate.js';
import type { BearerSession, BearerSessions } from '../accounts/bearer-sessions.js';
import { deviceIdOf } from '../devices/device-id-of.js';
import { ProblemError } from '../http/problem-error.js';
import type { PlanRules } from '../rights/plan-rules.js';
import { digestSecret, isOpaqueSecret } from '../secrets/opaque-secret.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import { AnonymousPlaces, type SilentSession } from './anonymous-places.js';
import { chooseStreamsToStop } from './choose-streams-to-stop.js';
import type {
  LeaseOutcome,
  LeaseRequest,
  OpenOutcome,
  PlaybackSession,
  PlaybackSessionStore,
} from './playback-session-store.js';
import { toAccountStream } from './to-account-stream.js';

/** What {@link PlaybackSessions} works with. */
export interface PlaybackSessionsOptions {
  readonly store: PlaybackSessionStore;
  readonly accounts: AccountDirectory;
  readonly bearers: BearerSessions;
  readonly clock: Clock;
  /** How long a session can be used after its last heartbeat. */
  readonly ttlSeconds: number;
  /** How long one that was prefetched can be used unless it is played. */
  readonly prefetchTtlSeconds: number;
  readonly heartbeatSeconds: number;
  /** How much later than asked for a heartbeat may come. */
  readonly leaseGraceSeconds: number;
  /** How many sessions of nobody's one network may have. */
  readonly anonymousPerNetwork: number;
}

/** How much of a lease has to be left for it to count as new. */
const FRESH_SHARE = 0.9;
/** How many sessions are looked at for one that yields: others may have been heard of by other processes. */
const PLACE_TRIES = 8;

/** A session that may be used now, and for whom. */
export interface UsableSession {
  readonly session: PlaybackSession;
  /** The sign-in that opened it and that it does not outlive; null when nobody had signed in. */
  readonly login: BearerSession | null;
  /** The account the session was opened by, as it is now, or whoever sent the request when nobody had signed in. */
  readonly identity: Identity;
}

/** A session to open. Whether the title may be played at all is the caller's to have checked. */
export interface SessionOpening {
  /** The secret that the opener is told. */
  readonly id: string;
  readonly request: PlaybackSessionRequest;
  readonly identity: Identity;
  /** What opens it, in words for the account's owner. */
  readonly device: string;
  readonly plan: PlanRules | null;
  /** Where it is opened from; null where nobody knows. */
  readonly network: string | null;
}

/** How long a license lasts that is bound to its session, and when it is to be renewed. */
export interface SessionTerms {
  readonly durationSeconds: number;
  readonly renewalSeconds: number;
}

/** How a heartbeat renews. */
export interface HeartbeatOptions {
  readonly plan: PlanRules | null;
  readonly replace?: StreamReplacement | undefined;
}

/**
 * Opens playback sessions, keeps the streams that they hold, and says whether one may be used. Its id is a secret: who
 * knows it acts for the account that opened it, within one title and as long as that sign-in lasts, because a CDM's license
 * request often cannot carry a token.
 */
export class PlaybackSessions {
  readonly #options: PlaybackSessionsOptions;

  readonly #places: AnonymousPlaces;

  constructor(options: PlaybackSessionsOptions) {
    this.#options = options;
    this.#places = new AnonymousPlaces({
      clock: options.clock,
      perNetwork: options.anonymousPerNetwork,
      silenceMs: this.#leaseSeconds * 1000,
    });
  }

  /**
   * How long a license lasts that is bound to its session, and when it is to be renewed: as long as the stream, or, while it
   * is only prefetched and holds none, as long as the session.
   */
  licenseTermsOf({ leaseExpiresAt, expiresAt }: PlaybackSession): SessionTerms {
    const { heartbeatSeconds, clock } = this.#options;
    const leftMs = (leaseExpiresAt ?? expiresAt) - clock();
    const durationSeconds = Math.max(1, Math.floor(leftMs / 1000));
    return { durationSeconds, renewalSeconds: Math.min(heartbeatSeconds, durationSeconds) };
  }

  /**
   * Opens a session, with a stream if it is to play. One of this id that is there already is given back as it is. A token
   * that is over opens none, not even of a free title: the session would silently be nobody's instead of its owner's.
   */
  async open({
    id,
    request,
    identity,
    device,
    plan,
    network,
  }: SessionOpening): Promise<Exclude<OpenOutcome, { status: 'full' }>> {
    if (identity.status === 'rejected') throw new ProblemError('session-expired');

    const { store, clock, ttlSeconds, prefetchTtlSeconds } = this.#options;
    const login = identity.status === 'account' ? identity.login : null;
    const isPrefetch = request.intent === 'prefetch';
    const key = await digestSecret(id);
    const expiresAt = this.#nextExpiry(login, isPrefetch ? prefetchTtlSeconds : ttlSeconds);
    if (login === null && network !== null) await this.#takePlace(network, key, expiresAt);
    const opened = await store
      .open(
        {
          key,
          accountId: login?.accountId ?? null,
          loginId: login?.id ?? null,
          deviceId: login && deviceIdOf(login, request.deviceId),
          contentId: request.contentId,
          intent: request.intent,
          format: request.format,
          device,
          startedAt: clock(),
          expiresAt,
        },
        isPrefetch ? null : this.#leaseRequest(plan, request.replace),
      )
      .catch((cause: unknown) => {
        this.#places.leave(key);
        throw cause;
      });
    if (opened.status !== 'granted') this.#places.leave(key);
    if (opened.status === 'full') throw noRoom();
    return opened;
  }

  /**
   * The session, if it is there, not over, and not somebody else's than the request's bearer token.
   *
   * @param isTakingBack Whether one may be used whose stream was taken over, because it is about to be taken back.
   */
  async use(id: string, identity: Identity, { isTakingBack = false } = {}): Promise<UsableSession> {
    const session = await this.#find(id, identity);
    if (session.end?.reason === 'superseded') {
      if (!isTakingBack) throw superseded(session);
    } else if (session.end !== null) throw new ProblemError('playback-session-ended');
    if (session.expiresAt <= this.#options.clock()) throw new ProblemError('playback-session-ended');
    if (session.loginId === null) return { session, login: null, identity };

    // The id may be all that a request has, so it is worth no more than the sign-in behind it is now.
    const login = await this.#options.bearers.findById(session.loginId);
    const account = login && (await this.#options.accounts.findById(login.accountId));
    if (!login || !account) throw new ProblemError('playback-session-ended');
    return { session, login, identity: { status: 'account', account, login } };
  }

  /** A heartbeat: extends the session's life and its stream. What was prefetched plays from now on. */
  async renew(
    { session, login }: UsableSession,
    { plan, replace }: HeartbeatOptions,
  ): Promise<PlaybackSession> {
    const { store, ttlSeconds } = this.#options;
    const expiresAt = this.#nextExpiry(login, ttlSeconds);
    const lease = this.#leaseRequest(plan, replace);
    const renewed = requireGranted(await store.renew(session.key, { expiresAt, lease }));
    this.#places.keep(session.key, expiresAt);
    return renewed;
  }

  /** Refuses what {@link renew} would refuse at this moment for want of room. It takes nothing, and keeps nothing free. */
  async requireRoom({ session }: UsableSession, { plan, replace }: HeartbeatOptions): Promise<void> {
    const limit = plan?.streams ?? null;
    if (limit === null || session.accountId === null) return;

    const streams = await this.listPlaying(session.accountId);
    const isFull = chooseStreamsToStop(streams, { limit, replace }) === null;
    if (isFull) requireGranted({ status: 'refused', streams });
  }

  /** A license extends the stream that it is for, and nothing else. What is prefetched holds none. */
  async extendLease({ session }: UsableSession, plan: PlanRules | null): Promise<PlaybackSession | null> {
    if (session.intent === 'prefetch' || session.accountId === null) return null;
    if (this.#isFresh(session)) return session;
    return requireGranted(await this.#options.store.renew(session.key, { lease: this.#leaseRequest(plan) }));
  }

  /** Whether the session can still be used by the sign-in that opened it. */
  isOpen({ end, expiresAt }: PlaybackSession): boolean {
    return end === null && expiresAt > this.#options.clock();
  }

  /** What an account plays right now, oldest first. What was only prefetched is not played yet. */
  async listPlaying(accountId: string): Promise<readonly PlaybackSession[]> {
    return this.#options.store.listStreams(accountId, this.#options.clock());
  }

  /** Stops one of the account's streams, as its list names them. True when there was one. */
  async stop(accountId: string, key: string, by: string): Promise<boolean> {
    const streams = await this.listPlaying(accountId);
    if (!streams.some((stream) => stream.key === key)) return false;

    await this.#options.store.end(key, { reason: 'superseded', by });
    return true;
  }

  /** Gives the stream back; the session can go on with a heartbeat. */
  async release(id: string, identity: Identity): Promise<PlaybackSession> {
    const session = await this.#find(id, identity);
    await this.#options.store.release(session.key);
    return session;
  }

  /** Ends the session. An account's that is over already is no error, so a page may say goodbye twice. */
  async end(id: string, identity: Identity): Promise<PlaybackSession> {
    const session = await this.#find(id, identity);
    await this.#options.store.end(session.key, { reason: 'closed' });
    this.#places.leave(session.key);
    return session;
  }

  /** Ends every session that a login opened. */
  async endAllOf(login: BearerSession): Promise<void> {
    await this.#options.store.endAllOf(login.id);
  }

  /** Ends every session on a device of an account, what another device took over included. */
  async endAllOn(accountId: string, deviceId: string): Promise<void> {
    await this.#options.store.endAllOn(accountId, deviceId);
  }

  /** One place of the network's, before the store is asked: of those who ask at once none gets more. */
  async #takePlace(network: string, key: string, expiresAt: number): Promise<void> {
    for (let tries = 0; tries < PLACE_TRIES; tries += 1) {
      const place = this.#places.take(network, key, expiresAt);
      if (place.status === 'taken') return;
      if (place.silent === undefined) break;
      await this.#yieldPlace(place.silent);
    }
    throw noRoom();
  }

  /** Ends a session that nobody was heard of for a while, unless another process was. */
  async #yieldPlace({ key, expiresAt }: SilentSession): Promise<void> {
    const { store } = this.#options;
    const session = await store.find(key);
    if (session !== undefined && session.expiresAt > expiresAt) {
      this.#places.keep(key, session.expiresAt);
      return;
    }
    await store.end(key, { reason: 'closed' });
    this.#places.leave(key);
  }

  async #find(id: string, identity: Identity): Promise<PlaybackSession> {
    const session = isOpaqueSecret(id) ? await this.#options.store.find(await digestSecret(id)) : undefined;
    const isSomebodyElses =
      identity.status === 'account' &&
      session?.accountId != null &&
      session.accountId !== identity.account.id;
    // Somebody else's session is as unknown as one that never was: a 403 would tell that the id is a good one.
    if (session === undefined || isSomebodyElses) throw new ProblemError('playback-session-unknown');
    return session;
  }

  /** A lease that was extended a moment ago is not written once more: a film asks for several licenses as it begins. */
  #isFresh({ leaseExpiresAt }: PlaybackSession): boolean {
    const worthwhile = this.#leaseSeconds * 1000 * FRESH_SHARE;
    return leaseExpiresAt !== null && leaseExpiresAt - this.#options.clock() >= worthwhile;
  }

  get #leaseSeconds(): number {
    return this.#options.heartbeatSeconds + this.#options.leaseGraceSeconds;
  }

  #leaseRequest(plan: PlanRules | null, replace?: StreamReplacement): LeaseRequest {
    const now = this.#options.clock();
    const expiresAt = now + this.#leaseSeconds * 1000;
    return { now, expiresAt, limit: plan?.streams ?? null, replace };
  }

  #nextExpiry(login: BearerSession | null, ttlSeconds: number): number {
    return Math.min(this.#options.clock() + ttlSeconds * 1000, login?.expiresAt ?? Number.POSITIVE_INFINITY);
  }
}

/** The session, or the problem that says why it does not play. */
export function requireGranted(outcome: LeaseOutcome): PlaybackSession {
  switch (outcome.status) {
    case 'granted':
      return outcome.session;
    case 'refused':
      throw new ProblemError('stream-limit-reached', { streams: outcome.streams.map(toAccountStream) });
    case 'over':
      throw outcome.session?.end?.reason === 'superseded'
        ? superseded(outcome.session)
        : new ProblemError('playback-session-ended');
    default:
      return outcome satisfies never;
  }
}

function superseded({ end }: PlaybackSession): ProblemError {
  return new ProblemError('session-superseded', {
    takenOverBy: end?.reason === 'superseded' ? end.by : undefined,
  });
}

function noRoom(): ProblemError {
  return new ProblemError('service-unavailable', {
    detail: 'Too many people watch without signing in at the moment. Sign in, or try again later.',
    headers: { 'Retry-After': '60' },
  });
}
