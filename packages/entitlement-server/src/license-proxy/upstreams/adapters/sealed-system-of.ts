import type { SealedSystem } from '@secure-player/protocol';

import { ProblemError } from '../../../http/problem-error.js';
import type { UpstreamGrant } from '../../license-upstream.js';

/** The key systems of vendors' license servers. Clear Key is none of them: it would hand the keys to the proxy. */
export const VENDOR_SYSTEMS: readonly SealedSystem[] = ['widevine', 'playready', 'fairplay'];

/** @throws ProblemError `key-system-unsupported` for Clear Key. */
export function sealedSystemOf({ system }: UpstreamGrant): SealedSystem {
  if (system === 'clearkey') throw new ProblemError('key-system-unsupported');
  return system;
}
