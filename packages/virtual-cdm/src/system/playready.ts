import { createSystem, requireKnownRobustness, requireLevel, type SystemOverrides } from './create-system.js';
import type { VirtualSystem } from './virtual-system.js';

/** PlayReady's security levels: 3000 is a device with hardware, 2000 one without, 150 one for development. */
export type PlayreadyLevel = 'SL150' | 'SL2000' | 'SL3000';

/** What {@link playready} can be told. */
export type PlayreadyOptions = SystemOverrides & {
  /** Robustness levels and security level in one. @default 'SL2000' */
  readonly level?: PlayreadyLevel | undefined;
};

const RECOMMENDATION = 'com.microsoft.playready.recommendation';
const ROBUSTNESS = ['150', '2000', '3000'];

const LEVELS = {
  SL150: { robustness: ['150'], securityLevel: 'software', aliases: [RECOMMENDATION] },
  SL2000: { robustness: ['150', '2000'], securityLevel: 'software', aliases: [RECOMMENDATION] },
  SL3000: {
    robustness: ROBUSTNESS,
    securityLevel: 'hardware',
    aliases: [RECOMMENDATION, `${RECOMMENDATION}.3000`],
  },
} as const satisfies Record<PlayreadyLevel, Partial<VirtualSystem> & { robustness: readonly string[] }>;

/**
 * PlayReady, as Edge has it, under its own name and those of the recommendation.
 *
 * @throws VirtualCdmError `invalid-options`
 */
export function playready({ level = 'SL2000', ...overrides }: PlayreadyOptions = {}): VirtualSystem {
  const { robustness, securityLevel, aliases } = requireLevel(LEVELS, level);
  const base: VirtualSystem = {
    keySystem: 'com.microsoft.playready',
    aliases,
    dialect: 'playready',
    videoRobustness: robustness,
    audioRobustness: robustness,
    securityLevel,
    initDataTypes: ['cenc'],
    encryptionSchemes: ['cenc', 'cbcs', 'cbcs-1-9'],
    sessionTypes: ['temporary', 'persistent-license'],
    distinctiveIdentifier: 'supported',
    persistentState: 'supported',
    serverCertificate: 'optional',
    provisioning: 'factory',
    rotation: 'spec',
    rootKeys: {},
    bareMessages: false,
  };

  return requireKnownRobustness(createSystem(base, overrides), ROBUSTNESS);
}
