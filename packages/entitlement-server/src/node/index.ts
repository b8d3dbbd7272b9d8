export {
  createEntitlementServer,
  type EntitlementServer,
  type EntitlementServerOptions,
} from './entitlement-server.js';
export {
  EntitlementServerError,
  isEntitlementServerError,
  type EntitlementServerErrorCode,
} from '../entitlement-server-error.js';
export { createPrometheusMetrics } from './metrics/prometheus-metrics.js';
export { nodePeerAddress } from './node-peer-address.js';
export { serve, type RunningServer, type ServeOptions, type ServedApp } from './serve.js';

export type { AccountConfiguration } from '../accounts/account-directory.js';
export { DEMO_PASSWORD, demoAccounts } from '../accounts/demo-accounts.js';
export { hashPassword } from './password.js';
export type { PasswordCost } from '../accounts/password-hash.js';

export type { PeerAddress } from '../edge/edge.js';
export type { EdgeOptions } from '../edge/edge-options.js';
export type { BreakerStatus } from '../license-proxy/license-upstream.js';
export type { ExposedMetrics, Metrics, RequestObservation, UpstreamOutcome } from '../metrics/metrics.js';
export type { ActionLimits, RateLimitOptions, RateLimitedAction } from '../rate-limits/rate-limit-options.js';
export type { Budget } from '../rate-limits/token-buckets.js';
export type { TenantOptions } from '../api/tenant-options.js';
export type { GroupRules, PlanConfiguration } from '../rights/plan-rules.js';
export {
  createLicenseServerApp,
  type LicenseServerAppOptions,
} from '../license-server/license-server-app.js';
export { LicenseServer, type LicenseServerOptions } from '../license-server/license-server.js';
export type { TokenLedger } from '../license-server/token-ledger.js';
export { LicenseTokens, type LicenseTokensOptions } from '../license-server/license-token.js';
export type { TokenKey } from '../license-server/license-token.js';
export { createInMemoryStore, type InMemoryStoreOptions } from '../store/in-memory-store.js';
export type { EntitlementStore, TenantStore } from '../store/entitlement-store.js';
export type { AuditAction, AuditEntry, AuditQuery, AuditTrail } from '../audit/audit-trail.js';
export { createSqlStore, type SqlStore, type SqlStoreOptions } from '../sql/create-sql-store.js';
export type { SqlDatabase, SqlValue } from '../sql/sql-database.js';
export { openPglite, type PgliteOptions } from './store/open-pglite.js';
export { openPostgres, type PostgresOptions } from './store/open-postgres.js';
export type { LicenseUpstream } from '../license-proxy/license-upstream.js';
export { createUpstream, type UpstreamPorts } from '../license-proxy/upstreams/create-upstream.js';
export type { BreakerState } from '../license-proxy/upstreams/circuit-breaker.js';
export type { MonitoredUpstream, UpstreamHealth } from '../license-proxy/upstreams/monitored-upstream.js';
export type { UpstreamCounts } from '../license-proxy/upstreams/upstream-counts.js';
export type { UpstreamOptions } from '../license-proxy/upstreams/upstream-options.js';

export type { SystemName } from '../catalog/system-name.js';
export type {
  KeyGroup,
  Title,
  TitleContentKey,
  TitleKey,
  TitleKeyPolicy,
  TitleRootKey,
  TitleStream,
} from '../catalog/title.js';

export type {
  FaultLogEntry,
  LicenseLogEntry,
  Log,
  LogEntry,
  LogLevel,
  RequestLogEntry,
  TestRootLogEntry,
  UpstreamLogEntry,
} from '../log/log-entry.js';
