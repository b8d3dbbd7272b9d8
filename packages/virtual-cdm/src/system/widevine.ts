import { createSystem, requireKnownRobustness, requireLevel, type SystemOverrides } from './create-system.js';
import type { VirtualSystem } from './virtual-system.js';

/** Where a Widevine device decrypts and decodes: in software, or in hardware. */
export type WidevineLevel = 'L1' | 'L3';

/** What {@link widevine} can be told. */
export type WidevineOptions = SystemOverrides & {
  /** Robustness levels and security level in one. @default 'L3' */
  readonly level?: WidevineLevel | undefined;
};

const SOFTWARE = ['SW_SECURE_CRYPTO', 'SW_SECURE_DECODE'];
const HARDWARE = [...SOFTWARE, 'HW_SECURE_CRYPTO', 'HW_SECURE_DECODE', 'HW_SECURE_ALL'];

const LEVELS = {
  L1: { videoRobustness: HARDWARE, audioRobustness: HARDWARE, securityLevel: 'hardware' },
  L3: { videoRobustness: SOFTWARE, audioRobustness: SOFTWARE, securityLevel: 'software' },
} as const satisfies Record<WidevineLevel, Partial<VirtualSystem>>;

/**
 * Widevine, as Chrome on a desktop has it: level 3, and a server certificate that it asks for by itself.
 *
 * @throws VirtualCdmError `invalid-options`
 */
export function widevine({ level = 'L3', ...overrides }: WidevineOptions = {}): VirtualSystem {
  const base: VirtualSystem = {
    keySystem: 'com.widevine.alpha',
    aliases: [],
    dialect: 'widevine',
    ...requireLevel(LEVELS, level),
    initDataTypes: ['cenc', 'keyids', 'webm'],
    encryptionSchemes: ['cenc', 'cbcs', 'cbcs-1-9'],
    sessionTypes: ['temporary', 'persistent-license'],
    distinctiveIdentifier: 'supported',
    persistentState: 'supported',
    serverCertificate: 'on-request',
    provisioning: 'factory',
    rotation: 'spec',
    rootKeys: {},
    bareMessages: false,
  };

  return requireKnownRobustness(createSystem(base, overrides), HARDWARE);
}
