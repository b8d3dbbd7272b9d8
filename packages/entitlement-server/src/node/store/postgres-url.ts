import { invalidConfiguration } from '../../entitlement-server-error.js';

/** Refuses what is no URL of a PostgreSQL. `field` is where it stands in the configuration; the URL itself is not told. */
export function requirePostgresUrl(url: string, field: string): void {
  if (URL.canParse(url) && /^postgres(?:ql)?:$/.test(new URL(url).protocol)) return;
  throw invalidConfiguration(field, 'must be a URL such as postgres://user:password@host:5432/database');
}
