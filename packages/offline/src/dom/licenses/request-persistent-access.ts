import type { Clock, KeySystemConfiguration, ResolvedKeySystem } from '@secure-player/core';
import { callEme, type GrantedAccess } from '@secure-player/core/dom';

const VIDEO = 'video/mp4; codecs="avc1.42E01E"';
const AUDIO = 'audio/mp4; codecs="mp4a.40.2"';

/** The signature of `navigator.requestMediaKeySystemAccess`. */
export type RequestAccess = (
  keySystem: string,
  configurations: MediaKeySystemConfiguration[],
) => Promise<MediaKeySystemAccess>;

/** How a module is asked for. */
export interface PersistentAccessRequest {
  readonly keySystem: ResolvedKeySystem;
  readonly initDataTypes: readonly string[];
  readonly requestAccess: RequestAccess;
  readonly clock: Clock;
}

/**
 * Asks a browser for a module that stores licenses.
 *
 * @throws PlaybackError where it has none, or gives no answer.
 */
export async function requestPersistentAccess({
  keySystem,
  initDataTypes,
  requestAccess,
  clock,
}: PersistentAccessRequest): Promise<GrantedAccess> {
  const { name, configuration } = keySystem;
  const ask = () => requestAccess(name, toConfigurations(configuration, initDataTypes));

  return { keySystem, access: await callEme('requestMediaKeySystemAccess', ask, clock) };
}

/** A browser takes the first that it can do: the levels of robustness from the best one down. */
function toConfigurations(
  { videoRobustness, audioRobustness }: KeySystemConfiguration,
  initDataTypes: readonly string[],
): MediaKeySystemConfiguration[] {
  const levels = videoRobustness?.length ? videoRobustness : [''];

  return levels.map((robustness) => ({
    ...(initDataTypes.length > 0 && { initDataTypes: [...initDataTypes] }),
    videoCapabilities: [{ contentType: VIDEO, robustness }],
    // Asked for only where it matters: some systems have levels for pictures alone.
    ...(audioRobustness?.length && {
      audioCapabilities: audioRobustness.map((level) => ({ contentType: AUDIO, robustness: level })),
    }),
    persistentState: 'required' as const,
    sessionTypes: ['persistent-license'],
  }));
}
