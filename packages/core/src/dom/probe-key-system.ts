import type { KeySystemConfiguration } from '@secure-player/core';

const VIDEO = 'video/mp4; codecs="avc1.42E01E"';
const AUDIO = 'audio/mp4; codecs="mp4a.40.2"';

/** What of a key system's configuration decides whether a browser can do it. */
type Demands = Pick<KeySystemConfiguration, 'videoRobustness' | 'audioRobustness' | 'sessionType'>;

/**
 * Asks the browser whether it has a key system, for the container and the codecs that every title here uses, at one of the
 * levels and with the kind of session that are wanted. Never rejects.
 */
export async function probeKeySystem(name: string, demands: Demands = {}): Promise<boolean> {
  try {
    await navigator.requestMediaKeySystemAccess(name, [toConfiguration(demands)]);
    return true;
  } catch {
    return false;
  }
}

function toConfiguration({
  videoRobustness,
  audioRobustness,
  sessionType,
}: Demands): MediaKeySystemConfiguration {
  return {
    initDataTypes: ['cenc', 'sinf', 'skd'],
    videoCapabilities: toCapabilities(VIDEO, videoRobustness),
    // Asked for only where it matters: some systems have levels for pictures alone.
    ...(audioRobustness?.length && { audioCapabilities: toCapabilities(AUDIO, audioRobustness) }),
    ...(sessionType === 'persistent-license' && {
      sessionTypes: [sessionType],
      persistentState: 'required' as const,
    }),
  };
}

/** A browser is to have one of them. */
function toCapabilities(
  contentType: string,
  levels: readonly string[] | undefined,
): MediaKeySystemMediaCapability[] {
  if (!levels?.length) return [{ contentType }];

  return levels.map((robustness) => ({ contentType, robustness }));
}
