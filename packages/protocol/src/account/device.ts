/** A device that an account is used on, as its owner may see it. Times are epoch milliseconds. */
export interface AccountDevice {
  readonly id: string;
  /** In words such as `Firefox on Windows`. */
  readonly name: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
}

/** The answer to `GET /v1/devices`, oldest first. */
export interface DevicesResponse {
  readonly devices: readonly AccountDevice[];
}
