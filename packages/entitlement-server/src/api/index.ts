export { createEntitlementApi, type EntitlementApi } from './entitlement-api.js';
export type { EntitlementApiOptions } from './entitlement-api-options.js';

export type { AccountConfiguration } from '../accounts/account-directory.js';
export { DEMO_PASSWORD, demoAccounts } from '../accounts/demo-accounts.js';
export type { PasswordChecker, PasswordCost, PasswordHash } from '../accounts/password-hash.js';

export type { Title } from '../catalog/title.js';
