import { resolve } from 'node:path';

import type { AccountConfiguration } from '../../accounts/account-directory.js';
import { SYSTEM_NAMES, type SystemName } from '../../catalog/system-name.js';
import type { LicenseUpstream } from '../../license-proxy/license-upstream.js';
import { createUpstream } from '../../license-proxy/upstreams/create-upstream.js';
import type { UpstreamOptions } from '../../license-proxy/upstreams/upstream-options.js';
import { LicenseTokens, type TokenKey } from '../../license-server/license-token.js';
import { filterLog } from '../../log/log-entry.js';
import type { EntitlementServerOptions } from '../entitlement-server.js';
import { writeJsonLog } from '../json-log.js';
import { ConfigurationFault } from './configuration-fault.js';
import type { Configuration } from './configuration-schema.js';
import { readDatabaseUrl } from './open-store.js';
import { readDeviceAuthority } from './read-device-authority.js';
import { readTokenKeys } from './read-token-keys.js';
import { Secrets, isSecretReference, type SecretReference, type SecretSources } from './secret-reference.js';

/** What a file says, as the options of a server; its store is opened apart, because that has an effect. */
export interface ConfiguredServer {
  readonly options: EntitlementServerOptions;
  /** The URL of the database, where the file names one. */
  readonly databaseUrl: string | null;
}

type Tenant = Pick<
  Configuration,
  'titles' | 'accounts' | 'keySeed' | 'mediaUrl' | 'allowedOrigins' | 'plans'
>;

/**
 * The one place where a file becomes options. Reads the secrets. Rejects with a `ConfigurationFault` that lists all that are
 * missing.
 */
export async function toServerOptions(
  configuration: Configuration,
  sources: SecretSources,
): Promise<ConfiguredServer> {
  const { role: _role, host: _host, port: _port, shutdown: _shutdown, store, ...rest } = configuration;
  const secrets = new Secrets(sources);
  const tenants = rest.tenants?.map(async ({ id, hosts, ...tenant }, index) => ({
    id,
    hosts,
    ...(await toTenant(tenant, secrets, `tenants[${index}].`)),
  }));
  const tokenKeys = rest.tokenKeys && (await readTokenKeys(rest.tokenKeys, secrets));

  const options = {
    ...rest,
    ...(await toTenant(rest, secrets, '')),
    tenants: tenants && (await Promise.all(tenants)),
    tokenKeys,
    mediaRoot: resolve(sources.folder, rest.mediaRoot),
    upstreams: await toUpstreams(rest, tokenKeys, secrets),
    deviceAuthority: await readDeviceAuthority(rest.deviceAuthority, secrets),
  };
  const databaseUrl = await readDatabaseUrl(store, secrets);
  secrets.requireAll();
  const [upstreams, deviceAuthority] = [options.upstreams(), await options.deviceAuthority()];
  return { options: { ...options, upstreams, deviceAuthority }, databaseUrl };
}

async function toTenant(tenant: Tenant, secrets: Secrets, prefix: string) {
  const { titles, mediaUrl, allowedOrigins, plans } = tenant;
  const accounts = tenant.accounts.map(async (account, index): Promise<AccountConfiguration> => {
    const { passwordHash } = account;
    const field = `${prefix}accounts[${index}].passwordHash`;
    const hash = isSecretReference(passwordHash) ? await secrets.text(passwordHash, field) : passwordHash;
    return { ...account, passwordHash: hash };
  });
  return {
    titles,
    mediaUrl,
    allowedOrigins,
    plans,
    accounts: await Promise.all(accounts),
    keySeed: tenant.keySeed && (await secrets.bytes(tenant.keySeed, `${prefix}keySeed`)),
  };
}

/** The options of license servers that open something, by the vendors' names for them. */
const SECRET_OPTIONS = new Set([
  'communicationKey',
  'siteKey',
  'accessKey',
  'sharedSecret',
  'secret',
  'privateKey',
]);

/** Gives what makes the license servers once all secrets are known to be there. */
async function toUpstreams(
  { upstreams = {}, logLevel }: Pick<Configuration, 'upstreams' | 'logLevel'>,
  tokenKeys: readonly TokenKey[] | undefined,
  secrets: Secrets,
): Promise<() => Partial<Record<SystemName, LicenseUpstream>>> {
  const read = await Promise.all(
    SYSTEM_NAMES.flatMap((system) => {
      const field = `upstreams.${system}`;
      const options = upstreams[system];
      return options
        ? [readSecretsIn(options, secrets, field).then((value) => ({ system, field, value }))]
        : [];
    }),
  );

  return () =>
    Object.fromEntries(
      read.map(({ system, field, value }) => {
        const tokens = tokenKeys && new LicenseTokens({ keys: tokenKeys, clock: Date.now });
        if (value['kind'] === 'license-server' && tokens === undefined) {
          throw new ConfigurationFault([
            { field: 'tokenKeys', message: 'is missing: a license server elsewhere has to know them too' },
          ]);
        }
        const ports = {
          log: filterLog(writeJsonLog, logLevel),
          mintToken: tokens && (async (grant: Parameters<LicenseTokens['mint']>[0]) => tokens.mint(grant)),
        };
        // Its own schema checks it, whoever wrote it.
        return [system, createUpstream(value as unknown as UpstreamOptions, ports, field)];
      }),
    );
}

async function readSecretsIn(
  options: Readonly<Record<string, unknown>>,
  secrets: Secrets,
  field: string,
): Promise<Record<string, unknown>> {
  const entries = Object.entries(options).map(async ([name, value]): Promise<[string, unknown]> => {
    if (!SECRET_OPTIONS.has(name)) return [name, value];
    return [name, await secrets.text(requireReference(value, `${field}.${name}`), `${field}.${name}`)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function requireReference(value: unknown, field: string): SecretReference {
  if (isSecretReference(value)) return value;
  throw new ConfigurationFault([
    { field, message: 'must not be written here: say { env: NAME } or { file: path }' },
  ]);
}
