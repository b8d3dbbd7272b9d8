/** A device that an account is used on. */
export interface Device {
  readonly id: string;
  /** In words such as `Firefox on Windows`. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
}

/** A device that wants to be counted. */
export interface DeviceRegistration {
  readonly accountId: string;
  readonly deviceId: string;
  readonly name: string;
  readonly now: number;
  /** How many devices the account may have; null when there is no limit. */
  readonly limit: number | null;
  /** Devices not seen since then count no more, and are forgotten. Epoch milliseconds. */
  readonly seenSince: number;
}

/** Where an account's devices are kept. */
export interface DeviceStore {
  /**
   * Counts a device in, or sees it again. One step: of several devices that come at once for one place, one gets it. Of an
   * account with more than 256 the one that was not seen for longest is forgotten: it may call its devices what it likes.
   */
  register(registration: DeviceRegistration): Promise<boolean>;
  /** Oldest first. */
  listOf(accountId: string): Promise<readonly Device[]>;
  /** Makes room; a device that is not there is no error. */
  remove(accountId: string, deviceId: string): Promise<void>;
}
