import type { AccountPlan } from '@secure-player/protocol';

import type { AccountConfiguration } from '../accounts/account-directory.js';
import type { Title } from '../catalog/title.js';
import type { PlanConfiguration } from '../rights/plan-rules.js';

/** What one tenant offers, and to whom. Nothing of it can be reached under another tenant's host. */
export interface TenantOptions {
  /** Stable: what is remembered is kept under it. */
  readonly id: string;
  /**
   * The hosts it is reached under, such as `films.example.com` or `localhost:8080`. One without a port is its under every port
   * that no tenant names with it.
   */
  readonly hosts: readonly string[];
  /** Where a vendor's license server answers, which is not told of tenants: with ids and key ids that no other tenant has. */
  readonly titles: readonly Title[];
  /** @default none */
  readonly accounts?: readonly AccountConfiguration[] | undefined;
  /**
   * At least 30 bytes, the same the titles were packaged with, and another one than any other tenant's: a key that leaks
   * from one opens nothing of another. Left out as for the server.
   */
  readonly keySeed?: Uint8Array | undefined;
  /** @default as for the server */
  readonly mediaUrl?: string | undefined;
  /** @default as for the server */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** @default as for the server */
  readonly plans?: Partial<Record<AccountPlan, PlanConfiguration>> | undefined;
}

/** The tenant of a server that has only one. */
export const DEFAULT_TENANT = 'default';
