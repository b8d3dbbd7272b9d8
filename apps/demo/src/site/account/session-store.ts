import type { Account, LoginResponse } from '@secure-player/protocol';

/** Somebody who is signed in. */
export interface Session {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly account: Account;
}

/** What {@link SessionStore} keeps a session in, besides memory. */
export type SessionStorageArea = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'secure-player-demo.session';

/** Who is signed in on this tab: survives a reload, and not the tab. */
export class SessionStore {
  readonly #storage: SessionStorageArea | null;
  readonly #clock: () => number;
  readonly #listeners = new Set<() => void>();
  #session: Session | null;

  /** @param storage null where the browser allows none: the session then lives in memory alone. */
  constructor(storage: SessionStorageArea | null, clock: () => number = Date.now) {
    this.#storage = storage;
    this.#clock = clock;
    this.#session = readSession(storage, clock());
  }

  readonly get = (): Session | null => this.#session;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The bearer token, as long as it can be accepted. */
  readonly token = (): string | null =>
    this.#session !== null && this.#session.expiresAt > this.#clock() ? this.#session.token : null;

  /** Takes over what signing in answered. */
  start({ token, expiresAt, account }: LoginResponse): void {
    this.#replace({ token, expiresAt, account });
  }

  /** Forgets who was signed in. */
  end(): void {
    this.#replace(null);
  }

  #replace(session: Session | null): void {
    this.#session = session;
    try {
      if (session) this.#storage?.setItem(KEY, JSON.stringify(session));
      else this.#storage?.removeItem(KEY);
    } catch {
      // A full or forbidden storage costs the session at the next reload, and nothing now.
    }
    for (const listener of this.#listeners) listener();
  }
}

function readSession(storage: SessionStorageArea | null, now: number): Session | null {
  try {
    const value: unknown = JSON.parse(storage?.getItem(KEY) ?? 'null');
    return isSession(value) && value.expiresAt > now ? value : null;
  } catch {
    return null;
  }
}

function isSession(value: unknown): value is Session {
  if (typeof value !== 'object' || value === null) return false;

  const { token, expiresAt, account } = value as Partial<Session>;
  return typeof token === 'string' && typeof expiresAt === 'number' && typeof account?.name === 'string';
}
