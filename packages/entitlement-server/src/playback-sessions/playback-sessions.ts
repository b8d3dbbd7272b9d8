import type { PlaybackSessionRequest } from '@secure-player/protocol';

import type { AccountDirectory } from '../accounts/account-directory.js';
import type { Identity } from '../accounts/authenticate.js';
import type { BearerSession } from '../accounts/bearer-sessions.js';
import { ProblemError } from '../http/problem-error.js';
import { createOpaqueSecret, digestSecret, isOpaqueSecret, type Random } from '../secrets/opaque-secret.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import type { PlaybackSession, PlaybackSessionStore } from './playback-session-store.js';

/** What {@link PlaybackSessions} works with. */
export interface PlaybackSessionsOptions {
  readonly store: PlaybackSessionStore;
  readonly accounts: AccountDirectory;
  readonly clock: Clock;
  readonly random?: Random | undefined;
  readonly ttlSeconds: number;
}

/** A session that may be used now, and for whom. */
export interface UsableSession {
  readonly session: PlaybackSession;
  /** The account the session was opened by, as it is now, or whoever sent the request when nobody had signed in. */
  readonly identity: Identity;
}

/**
 * Opens playback sessions and says whether one may be used. Its id is a secret: who knows it acts for the account that
 * opened it, within one title, because a CDM's license request often cannot carry a token.
 */
export class PlaybackSessions {
  readonly #options: PlaybackSessionsOptions;

  constructor(options: PlaybackSessionsOptions) {
    this.#options = options;
  }

  /** Opens a session. Whether the title may be played at all is the caller's to have checked. */
  async open(
    request: PlaybackSessionRequest,
    identity: Identity,
  ): Promise<{ id: string; session: PlaybackSession }> {
    const { store, random } = this.#options;
    const id = createOpaqueSecret(random);
    const session: PlaybackSession = {
      key: digestSecret(id),
      accountId: identity.status === 'account' ? identity.account.id : null,
      loginId: identity.status === 'account' ? identity.login.id : null,
      contentId: request.contentId,
      intent: request.intent,
      format: request.format,
      expiresAt: this.#nextExpiry(),
      isEnded: false,
    };
    await store.save(session);
    return { id, session };
  }

  /** The session, if it is there, not over, and not somebody else's than the request's bearer token. */
  async use(id: string, identity: Identity): Promise<UsableSession> {
    const session = await this.#find(id, identity);
    if (session.isEnded || session.expiresAt <= this.#options.clock()) {
      throw new ProblemError('playback-session-ended');
    }
    return { session, identity: await this.#identify(session, identity) };
  }

  /** Extends the session's life; playing what was prefetched makes it a session that plays. */
  async renew(session: PlaybackSession): Promise<PlaybackSession> {
    const renewed: PlaybackSession = { ...session, intent: 'play', expiresAt: this.#nextExpiry() };
    await this.#options.store.save(renewed);
    return renewed;
  }

  /** Ends the session. One that is over already is no error, so a page may say goodbye twice. */
  async end(id: string, identity: Identity): Promise<void> {
    await this.#end(await this.#find(id, identity));
  }

  /** Ends every session that a login opened. */
  async endAllOf(login: BearerSession): Promise<void> {
    const sessions = await this.#options.store.listOf(login.accountId);
    for (const session of sessions) {
      if (session.loginId === login.id) await this.#end(session);
    }
  }

  async #find(id: string, identity: Identity): Promise<PlaybackSession> {
    const session = isOpaqueSecret(id) ? await this.#options.store.find(digestSecret(id)) : undefined;
    const isSomebodyElses =
      identity.status === 'account' &&
      session?.accountId != null &&
      session.accountId !== identity.account.id;
    // Somebody else's session is as unknown as one that never was: a 403 would tell that the id is a good one.
    if (session === undefined || isSomebodyElses) throw new ProblemError('playback-session-unknown');
    return session;
  }

  async #identify(session: PlaybackSession, identity: Identity): Promise<Identity> {
    if (session.accountId === null || session.loginId === null) return identity;

    const account = await this.#options.accounts.findById(session.accountId);
    if (account === undefined) throw new ProblemError('playback-session-ended');
    const login = { id: session.loginId, accountId: account.id, expiresAt: session.expiresAt };
    return { status: 'account', account, login };
  }

  async #end(session: PlaybackSession): Promise<void> {
    await this.#options.store.save({ ...session, isEnded: true });
  }

  #nextExpiry(): number {
    return this.#options.clock() + this.#options.ttlSeconds * 1000;
  }
}
