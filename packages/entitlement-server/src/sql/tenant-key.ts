/** What a row is found by: its tenant, and an id within it. */
export interface TenantKey {
  readonly tenant: string;
  readonly key: string;
}

/** One string for both, for a map. A tenant's id may hold anything, so it is set off by its length. */
export function tenantKey({ tenant, key }: TenantKey): string {
  return `${tenant.length}:${tenant}${key}`;
}
