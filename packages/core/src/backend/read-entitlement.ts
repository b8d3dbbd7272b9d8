import type { AccountPlan, CatalogAccess, SourceDocument } from '@secure-player/protocol';

import { toSource } from '../source/to-source.js';
import type { Entitlement } from './entitlement-backend.js';

const ACCESS: readonly unknown[] = ['free', 'subscription', 'rental'] satisfies CatalogAccess[];
const PLANS: readonly unknown[] = ['premium', 'basic', null] satisfies (AccountPlan | null)[];

/**
 * Reads the answer to `GET /v1/entitlements/:contentId`; null for what is none. What a source must be beyond its URL is for
 * `resolveSource` to say, which names the field.
 */
export function readEntitlement(value: unknown, baseUrl: string): Entitlement | null {
  if (!isObject(value)) return null;

  const { contentId, access, plan, subscriptionEndsAt, source } = value;
  if (typeof contentId !== 'string' || !ACCESS.includes(access) || !PLANS.includes(plan)) return null;
  if (subscriptionEndsAt !== null && typeof subscriptionEndsAt !== 'number') return null;
  if (!isSource(source)) return null;

  return {
    contentId,
    access: access as CatalogAccess,
    plan: plan as AccountPlan | null,
    subscriptionEndsAt,
    source: toSource(source, baseUrl),
  };
}

/** Whether a value may be a source; whether it can be played is for `resolveSource` to say. */
export function isSource(value: unknown): value is SourceDocument {
  if (!isObject(value) || typeof value['src'] !== 'string') return false;

  const { drm } = value;
  return drm === undefined || (isObject(drm) && Object.values(drm).every(isObject));
}

/** A JSON object of which nothing is known yet. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
