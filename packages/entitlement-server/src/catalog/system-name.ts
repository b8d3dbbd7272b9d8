import type { SealedSystem } from '@secure-player/protocol';

/** A key system, by the last part of its license server's address. */
export type SystemName = 'clearkey' | SealedSystem;

/** Every system that a server may have licenses for. */
export const SYSTEM_NAMES: readonly SystemName[] = ['clearkey', 'widevine', 'playready', 'fairplay'];
