import type { OfflineProtection } from './offline-protection.js';

/** The license of a title on this device. */
export interface KeptLicense {
  readonly protection: OfflineProtection;
  /** When the title must stop, whatever the module says; epoch milliseconds, null where it has no end. */
  expiresAt(): number | null;
}
