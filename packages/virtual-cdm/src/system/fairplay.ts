import { createSystem, requireKnownRobustness, type SystemOverrides } from './create-system.js';
import type { VirtualSystem } from './virtual-system.js';

/** What {@link fairplay} can be told. */
export type FairplayOptions = SystemOverrides;

const FAIRPLAY: VirtualSystem = {
  keySystem: 'com.apple.fps',
  aliases: [],
  dialect: 'fairplay',
  videoRobustness: [],
  audioRobustness: [],
  securityLevel: 'hardware',
  initDataTypes: ['sinf', 'skd', 'cenc'],
  encryptionSchemes: ['cbcs'],
  sessionTypes: ['temporary', 'persistent-license'],
  distinctiveIdentifier: 'supported',
  persistentState: 'supported',
  serverCertificate: 'required',
  provisioning: 'factory',
  rotation: 'spec',
  rootKeys: {},
  bareMessages: false,
};

/**
 * FairPlay Streaming, as Safari has it: cbcs only, and nothing before a server certificate was set.
 *
 * @throws VirtualCdmError `invalid-options`
 */
export function fairplay(options: FairplayOptions = {}): VirtualSystem {
  return requireKnownRobustness(createSystem(FAIRPLAY, options), []);
}
