import type { AccountPlan } from '../account/login.js';
import type { CatalogAccess } from '../catalog/catalog-title.js';
import type { SourceDocument } from './source-document.js';

/** The answer to `GET /v1/entitlements/:contentId`: what the account may do with the title, and what to play. */
export interface Entitlement {
  readonly contentId: string;
  readonly access: CatalogAccess;
  /** Null without an account, for a free title. */
  readonly plan: AccountPlan | null;
  /** Epoch milliseconds; null without an account or an end. */
  readonly subscriptionEndsAt: number | null;
  /** It belongs to no playback session: its license URL goes by the bearer token. */
  readonly source: SourceDocument;
}
