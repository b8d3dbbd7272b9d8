import { expect, test } from 'vitest';

import * as api from './index.js';

test('exports exactly what is promised', () => {
  expect(Object.keys(api).sort()).toEqual([
    'DEMO_PASSWORD',
    'EntitlementServerError',
    'LicenseServer',
    'LicenseTokens',
    'createEntitlementServer',
    'createInMemoryStore',
    'createLicenseServerApp',
    'createPrometheusMetrics',
    'createSqlStore',
    'createUpstream',
    'demoAccounts',
    'hashPassword',
    'isEntitlementServerError',
    'nodePeerAddress',
    'openPglite',
    'openPostgres',
    'serve',
  ]);
});
