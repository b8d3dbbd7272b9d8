import type { VirtualSystem } from '../system/virtual-system.js';
import type { MediaKind } from './codec-kind.js';

/** Whether a key system reaches a robustness level. The empty string asks for none in particular; case counts. */
export function isRobustEnough(
  system: Pick<VirtualSystem, 'audioRobustness' | 'videoRobustness'>,
  kind: MediaKind,
  robustness: string,
): boolean {
  const levels = kind === 'audio' ? system.audioRobustness : system.videoRobustness;

  return robustness === '' || levels.includes(robustness);
}
