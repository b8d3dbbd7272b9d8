/**
 * Who keeps the license of a download. `none` where the title needs none; the others are tried in this order: the content
 * decryption module, this browser under a key that no script can read (Clear Key and AES-128 alone), nobody.
 */
export type LicenseMode = 'none' | 'persistent' | 'vault' | 'online-license';

/** Whether a license lets its title be played now. `clock-behind`: the device's clock was set back, see `TrustedClock`. */
export type OfflineLicenseStatus = 'missing' | 'usable' | 'expired' | 'revoked' | 'clock-behind';

/** The license of a download, as a viewer may see it. */
export interface OfflineLicense {
  readonly mode: LicenseMode;
  readonly status: OfflineLicenseStatus;
  readonly keySystem: string | null;
  /** Epoch milliseconds; `null` where it has no end. The window of a rental counts once it has begun. */
  readonly expiresAt: number | null;
  /** How long it lasts from the first playback on, in seconds; `null` where that starts nothing. */
  readonly playWithinSeconds: number | null;
  /** Epoch milliseconds of the first playback from this device; `null` before. */
  readonly firstPlayedAt: number | null;
  /** Whether asking for another one makes sense. */
  readonly renewable: boolean;
}
