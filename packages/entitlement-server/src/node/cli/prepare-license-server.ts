import { Readiness } from '../../health/readiness.js';
import {
  createLicenseServerApp,
  type LicenseServerAppOptions,
} from '../../license-server/license-server-app.js';
import { LicenseServer } from '../../license-server/license-server.js';
import type { TokenLedger } from '../../license-server/token-ledger.js';
import { filterLog } from '../../log/log-entry.js';
import type { EntitlementStore } from '../../store/entitlement-store.js';
import { writeJsonLog } from '../json-log.js';
import { createPrometheusMetrics } from '../metrics/prometheus-metrics.js';
import { nodePeerAddress } from '../node-peer-address.js';
import type { LicenseServerConfiguration } from './license-server-schema.js';
import { openStore, readDatabaseUrl } from './open-store.js';
import type { OpenServer, PreparedServer } from './prepared-server.js';
import { readDeviceAuthority } from './read-device-authority.js';
import { readTokenKeys } from './read-token-keys.js';
import { Secrets, type SecretSources } from './secret-reference.js';

type CreateApp = (
  ledger: TokenLedger,
  options?: Omit<LicenseServerAppOptions, 'server'>,
) => ReturnType<typeof createLicenseServerApp>;

/** The license server of a file. Rejects when it cannot work. */
export async function prepareLicenseServer(
  { store, virtualKeySystems, metricsReaders, logLevel, ...configuration }: LicenseServerConfiguration,
  sources: SecretSources,
): Promise<PreparedServer> {
  const secrets = new Secrets(sources);
  const given = {
    keySeeds: await readKeySeeds(configuration.keySeeds, secrets),
    tokenKeys: await readTokenKeys(configuration.tokenKeys, secrets),
    virtualKeySystems,
  };
  const toAuthority = await readDeviceAuthority(configuration.deviceAuthority, secrets);
  const databaseUrl = await readDatabaseUrl(store, secrets);
  secrets.requireAll();
  const options = { ...given, deviceAuthority: await toAuthority() };
  const createApp: CreateApp = (ledger, rest) =>
    createLicenseServerApp({ ...rest, metricsReaders, server: new LicenseServer({ ...options, ledger }) });
  // Options are checked by whoever takes them; a server that nobody asks uses up no token.
  createApp({ consume: async () => false });

  return {
    name: 'License server',
    async open() {
      const opened = await openStore(store, { folder: sources.folder, databaseUrl });
      return toOpenServer(createApp, opened, filterLog(writeJsonLog, logLevel));
    },
  };
}

function toOpenServer(
  createApp: CreateApp,
  store: EntitlementStore,
  log: LicenseServerAppOptions['log'],
): OpenServer {
  const pingStore = async (): Promise<boolean> => {
    await store.ping();
    return true;
  };
  const readiness = new Readiness({ checks: [{ name: 'store', isReady: pingStore }], clock: Date.now });
  const app = createApp(store.tokens, {
    notReady: async () => readiness.notReady(),
    metrics: createPrometheusMetrics(),
    peerAddress: nodePeerAddress,
    log,
  });
  return { app, shutDown: () => readiness.shutDown(), close: async () => store.close() };
}

async function readKeySeeds(
  keySeeds: LicenseServerConfiguration['keySeeds'],
  secrets: Secrets,
): Promise<[tenant: string, seed: Uint8Array][]> {
  return Promise.all(
    Object.entries(keySeeds).map(async ([tenant, reference]): Promise<[string, Uint8Array]> => [
      tenant,
      await secrets.bytes(reference, `keySeeds.${tenant}`),
    ]),
  );
}
