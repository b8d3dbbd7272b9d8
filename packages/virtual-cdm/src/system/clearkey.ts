import { createSystem, requireKnownRobustness, type SystemOverrides } from './create-system.js';
import type { VirtualSystem } from './virtual-system.js';

/** What {@link clearkey} can be told. */
export type ClearkeyOptions = SystemOverrides;

const CLEAR_KEY: VirtualSystem = {
  keySystem: 'org.w3.clearkey',
  aliases: [],
  dialect: 'clearkey',
  videoRobustness: [],
  audioRobustness: [],
  securityLevel: 'software',
  initDataTypes: ['cenc', 'keyids', 'webm'],
  encryptionSchemes: ['cenc', 'cbcs', 'cbcs-1-9'],
  sessionTypes: ['temporary', 'persistent-license'],
  distinctiveIdentifier: 'not-supported',
  persistentState: 'supported',
  serverCertificate: 'unsupported',
  provisioning: 'factory',
  rotation: 'spec',
  rootKeys: {},
  bareMessages: false,
};

/**
 * Clear Key with all that EME allows it, persistent licenses included
 * (https://w3c.github.io/encrypted-media/#clear-key).
 *
 * @throws VirtualCdmError `invalid-options`
 */
export function clearkey(options: ClearkeyOptions = {}): VirtualSystem {
  return requireKnownRobustness(createSystem(CLEAR_KEY, options), []);
}
