import { createEntitlementServer } from '../entitlement-server.js';
import type { Configuration } from './configuration-schema.js';
import { openStore } from './open-store.js';
import type { PreparedServer } from './prepared-server.js';
import type { SecretSources } from './secret-reference.js';
import { toServerOptions } from './to-server-options.js';

/** The entitlement server of a file. Rejects when it cannot work. */
export async function prepareEntitlementServer(
  configuration: Configuration,
  sources: SecretSources,
): Promise<PreparedServer> {
  const { store, anonymousSessionLimit } = configuration;
  const { options, databaseUrl } = await toServerOptions(configuration, sources);
  // Options are checked by whoever takes them; a server that nobody asks does nothing.
  createEntitlementServer({ ...options, log: () => {} });

  return {
    name: 'Entitlement server',
    async open() {
      if (store === 'memory') return createEntitlementServer(options);

      const opened = await openStore(store, {
        folder: sources.folder,
        databaseUrl,
        anonymousLimit: anonymousSessionLimit,
        auditDays: store.auditDays,
      });
      return createEntitlementServer({ ...options, store: opened });
    },
  };
}
