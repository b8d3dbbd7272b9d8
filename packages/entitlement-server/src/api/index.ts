export { createEntitlementApi, type EntitlementApi } from './entitlement-api.js';
export type { EntitlementApiOptions } from './entitlement-api-options.js';

export type { AccountConfiguration } from '../accounts/account-directory.js';
export { DEMO_PASSWORD, demoAccounts } from '../accounts/demo-accounts.js';
export type { PasswordChecker, PasswordCost, PasswordHash } from '../accounts/password-hash.js';

export type { Title } from '../catalog/title.js';

export type { TenantOptions } from './tenant-options.js';
export type { GroupRules, PlanConfiguration } from '../rights/plan-rules.js';
export type { TokenKey } from '../license-server/license-token.js';
export { createInMemoryStore, type InMemoryStoreOptions } from '../store/in-memory-store.js';
export type { EntitlementStore, TenantStore } from '../store/entitlement-store.js';
