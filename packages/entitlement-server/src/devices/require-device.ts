import type { Identity } from '../accounts/authenticate.js';
import { ProblemError } from '../http/problem-error.js';
import type { GrantedRights } from '../rights/decide-rights.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import { deviceIdOf } from './device-id-of.js';
import type { DeviceStore } from './device-store.js';

/** What it takes to count devices. */
export interface DeviceRules {
  readonly devices: DeviceStore;
  /** How long a device counts after it was last seen. */
  readonly deviceTtlSeconds: number;
  readonly clock: Clock;
}

/** A device that wants to watch. */
export interface DeviceUse {
  readonly identity: Identity;
  readonly rights: GrantedRights;
  /** What the device calls itself; the sign-in stands for one that does not say. */
  readonly deviceId: string | undefined;
  /** In words for the account's owner. */
  readonly name: string;
}

/** Counts the device in, or throws `device-limit-reached`. Who watches without an account has no devices. */
export async function requireDevice(
  { devices, deviceTtlSeconds, clock }: DeviceRules,
  { identity, rights, deviceId, name }: DeviceUse,
): Promise<void> {
  if (identity.status !== 'account' || rights.plan === null) return;

  const { account, login } = identity;
  const now = clock();
  const isCounted = await devices.register({
    accountId: account.id,
    deviceId: deviceIdOf(login, deviceId),
    name,
    now,
    limit: rights.plan.devices,
    seenSince: now - deviceTtlSeconds * 1000,
  });
  if (!isCounted) throw new ProblemError('device-limit-reached');
}
