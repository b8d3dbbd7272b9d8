import type { Device, DeviceRegistration, DeviceStore } from './device-store.js';

const KEPT = 256;

/** Keeps devices in memory. */
export class InMemoryDeviceStore implements DeviceStore {
  readonly #byAccount = new Map<string, Map<string, Device>>();

  async register(registration: DeviceRegistration): Promise<boolean> {
    const { accountId, deviceId, name, now, limit, seenSince } = registration;
    const devices = this.#byAccount.get(accountId) ?? new Map<string, Device>();
    for (const [id, { lastSeenAt }] of devices) {
      if (lastSeenAt < seenSince) devices.delete(id);
    }
    const known = devices.get(deviceId);
    if (known === undefined && limit !== null && devices.size >= limit) return false;
    if (known === undefined && devices.size >= KEPT) forgetLeastRecent(devices);

    devices.set(deviceId, { id: deviceId, name, firstSeenAt: known?.firstSeenAt ?? now, lastSeenAt: now });
    this.#byAccount.set(accountId, devices);
    return true;
  }

  async listOf(accountId: string): Promise<readonly Device[]> {
    return [...(this.#byAccount.get(accountId)?.values() ?? [])];
  }

  async remove(accountId: string, deviceId: string): Promise<void> {
    this.#byAccount.get(accountId)?.delete(deviceId);
  }
}

function forgetLeastRecent(devices: Map<string, Device>): void {
  let [least] = devices.values();
  for (const device of devices.values()) if (least && device.lastSeenAt < least.lastSeenAt) least = device;
  if (least) devices.delete(least.id);
}
