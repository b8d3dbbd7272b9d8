import type { AccountConfiguration } from '../accounts/account-directory.js';
import type { Title } from '../catalog/title.js';
import { invalidConfiguration } from '../entitlement-server-error.js';
import { requireKeySeed } from '../license-server/key-seeds.js';
import { resolvePlans, type PlanTable } from '../rights/plan-rules.js';
import { DEFAULT_TENANT, type TenantOptions } from './tenant-options.js';

/** A tenant with every default in its place. */
export interface ResolvedTenant {
  readonly id: string;
  readonly hosts: readonly string[];
  readonly titles: readonly Title[];
  readonly accounts: readonly AccountConfiguration[];
  readonly keySeed: Uint8Array | undefined;
  readonly mediaUrl: string;
  readonly allowedOrigins: readonly string[];
  readonly plans: PlanTable;
}

/** What a server with one tenant says of it, and the tenants beside that. */
export type TenantsOptions = Omit<TenantOptions, 'id' | 'hosts'> & {
  readonly tenants?: readonly TenantOptions[] | undefined;
};

/** Fills in defaults and refuses what cannot work. The tenant of all hosts that are nobody's comes first. */
export function resolveTenants(options: TenantsOptions): ResolvedTenant[] {
  const { mediaUrl = '/media/', allowedOrigins = [], plans } = options;
  const shared = { mediaUrl, allowedOrigins, plans };
  const everybodyElse = resolveTenant({ ...shared, ...options, id: DEFAULT_TENANT, hosts: [] }, '');
  const further = (options.tenants ?? []).map((tenant, index) =>
    resolveTenant({ ...tenant, ...withDefaults(tenant, shared) }, `tenants[${index}].`),
  );
  const tenants = [everybodyElse, ...further];
  requireDistinct(tenants);
  return tenants;
}

function withDefaults(
  tenant: TenantOptions,
  shared: Pick<TenantOptions, 'mediaUrl' | 'allowedOrigins' | 'plans'>,
) {
  return {
    mediaUrl: tenant.mediaUrl ?? shared.mediaUrl,
    allowedOrigins: tenant.allowedOrigins ?? shared.allowedOrigins,
    plans: tenant.plans ?? shared.plans,
  };
}

function resolveTenant(tenant: TenantOptions, field: string): ResolvedTenant {
  const { id, hosts, titles, accounts = [], keySeed, mediaUrl = '/media/', allowedOrigins = [] } = tenant;
  if (keySeed) requireKeySeed(keySeed, `${field}keySeed`);
  return {
    id,
    hosts: hosts.map((host, index) => requireHost(host.toLowerCase(), `${field}hosts[${index}]`)),
    titles,
    accounts,
    keySeed,
    mediaUrl: requireFolderUrl(mediaUrl, `${field}mediaUrl`),
    allowedOrigins: allowedOrigins.map((origin, index) =>
      requireOrigin(origin, `${field}allowedOrigins[${index}]`),
    ),
    plans: resolvePlans(tenant.plans),
  };
}

/** What two tenants share, one of them could read of the other. */
function requireDistinct(tenants: readonly ResolvedTenant[]): void {
  const ids = new Set<string>();
  const hosts = new Set<string>();
  const seeds = new Set<string>();
  const directories = new Set<string>();
  for (const [index, { id, hosts: own, keySeed, titles }] of tenants.entries()) {
    const field = `tenants[${index - 1}]`;
    const shared = titles.findIndex(({ directory }) => directories.has(directory));
    const seed = keySeed?.join();
    if (id === '' || ids.has(id))
      throw invalidConfiguration(`${field}.id`, 'must be there, and be one of its own');
    if (own.some((host) => hosts.has(host)))
      throw invalidConfiguration(`${field}.hosts`, 'names a host of another tenant');
    if (seed !== undefined && seeds.has(seed))
      throw invalidConfiguration(`${field}.keySeed`, "must not be another tenant's");
    if (index > 0 && own.length === 0)
      throw invalidConfiguration(`${field}.hosts`, 'must name at least one host');
    if (shared !== -1)
      throw invalidConfiguration(`${field}.titles[${shared}].directory`, "must not be another tenant's");

    ids.add(id);
    for (const { directory } of titles) directories.add(directory);
    if (seed !== undefined) seeds.add(seed);
    for (const host of own) hosts.add(host);
  }
}

/** One that no request is ever for would leave its tenant's viewers to the default tenant. */
function requireHost(host: string, field: string): string {
  const address = `http://${host}/`;
  if (!host.endsWith('.') && URL.canParse(address) && new URL(address).host === host) return host;
  throw invalidConfiguration(field, 'must be as in addresses, such as films.example.com or localhost:8080');
}

function requireFolderUrl(mediaUrl: string, field: string): string {
  if (mediaUrl.endsWith('/') && URL.canParse(mediaUrl, 'https://server.invalid/')) return mediaUrl;

  throw invalidConfiguration(field, 'must be a path or an address that ends with a slash');
}

function requireOrigin(origin: string, field: string): string {
  if (URL.canParse(origin) && new URL(origin).origin === origin) return origin;

  throw invalidConfiguration(field, 'must be scheme, host and port alone, such as https://example.com');
}
