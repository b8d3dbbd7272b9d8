import type { PlaybackSessionRequest } from '@secure-player/protocol';

import type { AccountDirectory } from '../accounts/account-directory.js';
import type { Identity } from '../accounts/authenticate.js';
import type { BearerSession, BearerSessions } from '../accounts/bearer-sessions.js';
import { ProblemError } from '../http/problem-error.js';
import { createOpaqueSecret, digestSecret, isOpaqueSecret, type Random } from '../secrets/opaque-secret.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import type { PlaybackSession, PlaybackSessionStore } from './playback-session-store.js';

/** What {@link PlaybackSessions} works with. */
export interface PlaybackSessionsOptions {
  readonly store: PlaybackSessionStore;
  readonly accounts: AccountDirectory;
  readonly bearers: BearerSessions;
  readonly clock: Clock;
  readonly random?: Random | undefined;
  readonly ttlSeconds: number;
}

/** A session that may be used now, and for whom. */
export interface UsableSession {
  readonly session: PlaybackSession;
  /** The sign-in that opened it and that it does not outlive; null when nobody had signed in. */
  readonly login: BearerSession | null;
  /** The account the session was opened by, as it is now, or whoever sent the request when nobody had signed in. */
  readonly identity: Identity;
}

/**
 * Opens playback sessions and says whether one may be used. Its id is a secret: who knows it acts for the account that
 * opened it, within one title and as long as that sign-in lasts, because a CDM's license request often cannot carry a
 * token.
 */
export class PlaybackSessions {
  readonly #options: PlaybackSessionsOptions;

  constructor(options: PlaybackSessionsOptions) {
    this.#options = options;
  }

  /**
   * Opens a session. Whether the title may be played at all is the caller's to have checked. A token that is over opens
   * none, not even of a free title: the session would silently be nobody's instead of its owner's.
   */
  async open(
    request: PlaybackSessionRequest,
    identity: Identity,
    device: string,
  ): Promise<{ id: string; session: PlaybackSession }> {
    if (identity.status === 'rejected') throw new ProblemError('session-expired');

    const { store, random, clock } = this.#options;
    const id = createOpaqueSecret(random);
    const login = identity.status === 'account' ? identity.login : null;
    const session: PlaybackSession = {
      key: await digestSecret(id),
      accountId: login?.accountId ?? null,
      loginId: login?.id ?? null,
      contentId: request.contentId,
      intent: request.intent,
      format: request.format,
      device,
      startedAt: clock(),
      expiresAt: this.#nextExpiry(login),
      isEnded: false,
    };
    if (!(await store.add(session))) throw noRoom();
    return { id, session };
  }

  /** The session, if it is there, not over, and not somebody else's than the request's bearer token. */
  async use(id: string, identity: Identity): Promise<UsableSession> {
    const session = await this.#find(id, identity);
    if (!this.#isOpen(session)) throw new ProblemError('playback-session-ended');
    if (session.loginId === null) return { session, login: null, identity };

    // The id may be all that a request has, so it is worth no more than the sign-in behind it is now.
    const login = await this.#options.bearers.findById(session.loginId);
    const account = login && (await this.#options.accounts.findById(login.accountId));
    if (!login || !account) throw new ProblemError('playback-session-ended');
    return { session, login, identity: { status: 'account', account, login } };
  }

  /** Extends the session's life; playing what was prefetched makes it a session that plays. */
  async renew({ session, login }: UsableSession): Promise<PlaybackSession> {
    const renewed = await this.#options.store.renew(session.key, this.#nextExpiry(login));
    if (renewed === undefined) throw new ProblemError('playback-session-ended');
    return renewed;
  }

  /** Whether the session can still be used by the sign-in that opened it. */
  async isOpen({ key }: PlaybackSession): Promise<boolean> {
    const session = await this.#options.store.find(key);
    return session !== undefined && this.#isOpen(session);
  }

  /** What an account plays right now, oldest first. What was only prefetched is not played yet. */
  async listPlaying(accountId: string): Promise<PlaybackSession[]> {
    const sessions = (await this.#options.store.listOf(accountId)).filter(
      (session) => session.intent === 'play' && this.#isOpen(session),
    );
    // A session does not outlive its sign-in, which may be pushed out by newer ones at any time.
    const logins = await Promise.all(
      sessions.map(async ({ loginId }) => loginId !== null && this.#options.bearers.findById(loginId)),
    );

    return sessions.filter((_, index) => logins[index]);
  }

  /** Ends the session. An account's that is over already is no error, so a page may say goodbye twice. */
  async end(id: string, identity: Identity): Promise<void> {
    const { key } = await this.#find(id, identity);
    await this.#options.store.end(key);
  }

  /** Ends every session that a login opened. */
  async endAllOf(login: BearerSession): Promise<void> {
    const { store } = this.#options;
    for (const { key, loginId } of await store.listOf(login.accountId)) {
      if (loginId === login.id) await store.end(key);
    }
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

  #isOpen({ isEnded, expiresAt }: PlaybackSession): boolean {
    return !isEnded && expiresAt > this.#options.clock();
  }

  #nextExpiry(login: BearerSession | null): number {
    const { clock, ttlSeconds } = this.#options;
    return Math.min(clock() + ttlSeconds * 1000, login?.expiresAt ?? Number.POSITIVE_INFINITY);
  }
}

function noRoom(): ProblemError {
  return new ProblemError('service-unavailable', {
    detail: 'Too many people watch without signing in at the moment. Sign in, or try again later.',
    headers: { 'Retry-After': '60' },
  });
}
