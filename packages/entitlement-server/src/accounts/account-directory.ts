import type { Account, AccountPlan } from '@secure-player/protocol';

import { invalidConfiguration } from '../entitlement-server-error.js';
import { parsePasswordHash, type PasswordHash } from './password-hash.js';

/** An account as it is configured. */
export interface AccountConfiguration {
  /** Stable and unique; sessions refer to it. */
  readonly id: string;
  readonly username: string;
  /** For people to read. */
  readonly name: string;
  /** Made by `hashPassword()`. */
  readonly passwordHash: string;
  readonly plan: AccountPlan;
  /** Epoch milliseconds; null when the subscription has no end. */
  readonly subscriptionEndsAt: number | null;
}

/** An account with what it takes to sign in to it. */
export interface AccountRecord extends Account {
  readonly username: string;
  readonly passwordHash: PasswordHash;
}

/** Where accounts come from. They are looked up anew for every decision, so a change counts at once. */
export interface AccountDirectory {
  findByUsername(username: string): Promise<AccountRecord | undefined>;
  findById(id: string): Promise<AccountRecord | undefined>;
}

/** The accounts of the configuration. Maps, not objects: `__proto__` is a user name like any other. */
export class ConfiguredAccountDirectory implements AccountDirectory {
  readonly #byUsername = new Map<string, AccountRecord>();
  readonly #byId = new Map<string, AccountRecord>();

  constructor(accounts: readonly AccountConfiguration[]) {
    for (const [index, account] of accounts.entries()) {
      const field = `accounts[${index}]`;
      if (this.#byId.has(account.id))
        throw invalidConfiguration(`${field}.id`, 'is taken by another account');
      if (this.#byUsername.has(account.username)) {
        throw invalidConfiguration(`${field}.username`, 'is taken by another account');
      }
      const record = toRecord(account, field);
      this.#byId.set(record.id, record);
      this.#byUsername.set(record.username, record);
    }
  }

  async findByUsername(username: string): Promise<AccountRecord | undefined> {
    return this.#byUsername.get(username);
  }

  async findById(id: string): Promise<AccountRecord | undefined> {
    return this.#byId.get(id);
  }
}

/** What an account's owner may see of it. */
export function toAccount({ id, name, plan, subscriptionEndsAt }: AccountRecord): Account {
  return { id, name, plan, subscriptionEndsAt };
}

function toRecord(account: AccountConfiguration, field: string): AccountRecord {
  const { id, username, name, plan, subscriptionEndsAt } = account;
  const passwordHash = parsePasswordHash(account.passwordHash);
  if (passwordHash === null) {
    throw invalidConfiguration(`${field}.passwordHash`, 'must be a hash made by hashPassword()');
  }
  if (subscriptionEndsAt !== null && !(Number.isSafeInteger(subscriptionEndsAt) && subscriptionEndsAt >= 0)) {
    throw invalidConfiguration(`${field}.subscriptionEndsAt`, 'must be whole epoch milliseconds or null');
  }
  if (id === '' || username === '') throw invalidConfiguration(field, 'needs an id and a username');

  return { id, username, name, plan, subscriptionEndsAt, passwordHash };
}
