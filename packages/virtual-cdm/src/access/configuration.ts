/** EME's `MediaKeysRequirement`. */
export type Requirement = (typeof REQUIREMENTS)[number];

/** The values of EME's `MediaKeysRequirement`. */
export const REQUIREMENTS = Object.freeze(['required', 'optional', 'not-allowed'] as const);

/** EME's `MediaKeySystemMediaCapability`, with every default filled in. */
export interface Capability {
  readonly contentType: string;
  /** Null where the page named none, which means any. */
  readonly encryptionScheme: string | null;
  readonly robustness: string;
}

/** EME's `MediaKeySystemConfiguration` as a page asked for it, with every default filled in. */
export interface Configuration {
  readonly label: string;
  readonly initDataTypes: readonly string[];
  readonly audioCapabilities: readonly Capability[];
  readonly videoCapabilities: readonly Capability[];
  readonly distinctiveIdentifier: Requirement;
  readonly persistentState: Requirement;
  /** Absent means `['temporary']`, and an empty list means none. */
  readonly sessionTypes?: readonly string[] | undefined;
}

/** A configuration as `getConfiguration()` shows it: nothing is left open. */
export interface SupportedConfiguration extends Configuration {
  readonly distinctiveIdentifier: Exclude<Requirement, 'optional'>;
  readonly persistentState: Exclude<Requirement, 'optional'>;
  readonly sessionTypes: readonly string[];
}
