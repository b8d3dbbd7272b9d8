/** PlayReady's name in manifests, and so in Shaka's parsers; browsers have it under others, too. */
export const PLAYREADY = 'com.microsoft.playready';

/** All names of PlayReady that the kit knows. */
export const PLAYREADY_NAMES = [
  PLAYREADY,
  'com.microsoft.playready.recommendation',
  'com.microsoft.playready.recommendation.3000',
] as const;

/** Whether a key system is PlayReady, under whatever name. */
export function isPlayReady(name: string): boolean {
  return name === PLAYREADY || name.startsWith(`${PLAYREADY}.`);
}
