import { createOpaqueSecret, digestSecret, isOpaqueSecret, type Random } from '../secrets/opaque-secret.js';
import { OwnedExpiringMap, type Clock } from '../storage/owned-expiring-map.js';

/** One signed-in device. The token itself is not in it. */
export interface BearerSession {
  /** The digest of the token. */
  readonly id: string;
  readonly accountId: string;
  readonly expiresAt: number;
}

/** Where bearer sessions are kept. */
export interface BearerSessionStore {
  save(session: BearerSession): Promise<void>;
  /** The session, unless it ran out or is kept no more. */
  find(id: string): Promise<BearerSession | undefined>;
  delete(id: string): Promise<void>;
}

const SESSIONS_PER_ACCOUNT = 256;

/** Keeps bearer sessions in memory, a bounded number per account. */
export class InMemoryBearerSessionStore implements BearerSessionStore {
  readonly #sessions: OwnedExpiringMap<BearerSession>;

  constructor(clock: Clock) {
    this.#sessions = new OwnedExpiringMap({ clock, limit: () => SESSIONS_PER_ACCOUNT });
  }

  async save(session: BearerSession): Promise<void> {
    this.#sessions.set(session.accountId, session.id, session, session.expiresAt);
  }

  async find(id: string): Promise<BearerSession | undefined> {
    return this.#sessions.get(id);
  }

  async delete(id: string): Promise<void> {
    this.#sessions.delete(id);
  }
}

/** What {@link BearerSessions} works with. */
export interface BearerSessionsOptions {
  readonly store: BearerSessionStore;
  readonly clock: Clock;
  readonly random?: Random | undefined;
  readonly ttlSeconds: number;
}

/** Issues bearer tokens and finds whose they are. */
export class BearerSessions {
  readonly #options: BearerSessionsOptions;

  constructor(options: BearerSessionsOptions) {
    this.#options = options;
  }

  /** Opens a session. The token is told this once and cannot be had again. */
  async issue(accountId: string): Promise<{ token: string; expiresAt: number }> {
    const { store, clock, random, ttlSeconds } = this.#options;
    const token = createOpaqueSecret(random);
    const expiresAt = clock() + ttlSeconds * 1000;
    await store.save({ id: await digestSecret(token), accountId, expiresAt });
    return { token, expiresAt };
  }

  /** The session a token belongs to, unless it is over or never was. */
  async find(token: string): Promise<BearerSession | undefined> {
    if (!isOpaqueSecret(token)) return undefined;
    return this.#options.store.find(await digestSecret(token));
  }

  /** The session of this id, unless it is over: it ran out, was revoked, or newer ones took its place. */
  async findById(id: string): Promise<BearerSession | undefined> {
    return this.#options.store.find(id);
  }

  /** Ends a session. */
  async revoke(session: BearerSession): Promise<void> {
    await this.#options.store.delete(session.id);
  }
}
