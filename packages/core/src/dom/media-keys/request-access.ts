import { systemClock } from '../../clock/clock.js';
import { PlaybackError, toPlaybackError } from '../../error/playback-error.js';
import type { ResolvedKeySystem } from '../../source/resolve-key-systems.js';
import { callEme } from './call-eme.js';

/** What every title here can be asked for; a page with other codecs names its own. */
const DEFAULT_CONTENT_TYPES: readonly string[] = Object.freeze([
  'video/mp4; codecs="avc1.42E01E"',
  'audio/mp4; codecs="mp4a.40.2"',
]);

/** A key system that the browser has, and what it grants of it. */
export interface GrantedAccess {
  readonly keySystem: ResolvedKeySystem;
  readonly access: MediaKeySystemAccess;
}

/**
 * Asks for the key systems in turn, each at its levels of robustness from the best one down. A system that is not wanted is
 * never asked for, because asking can start the download of a module.
 *
 * @throws PlaybackError `drm-insecure-context` outside of HTTPS and localhost, `drm-disabled` without EME, `drm-unsupported` where
 * there is none; another failure of a key system is told before that.
 */
export async function requestAccess(
  keySystems: readonly ResolvedKeySystem[],
  contentTypes: readonly string[] = DEFAULT_CONTENT_TYPES,
  clock = systemClock,
): Promise<GrantedAccess> {
  if ('isSecureContext' in globalThis && !globalThis.isSecureContext)
    throw new PlaybackError('drm-insecure-context');
  if (typeof navigator.requestMediaKeySystemAccess !== 'function') {
    throw new PlaybackError('drm-disabled', { message: 'The browser has no Encrypted Media Extensions.' });
  }

  const failures: PlaybackError[] = [];
  for (const keySystem of keySystems) {
    const { name, configuration } = keySystem;
    const ask = () =>
      navigator.requestMediaKeySystemAccess(name, toConfigurations(configuration, contentTypes));
    try {
      return { keySystem, access: await callEme('requestMediaKeySystemAccess', ask, clock) };
    } catch (error) {
      failures.push(toPlaybackError(error));
    }
  }

  const names = keySystems.map(({ name }) => name).join(', ');
  const message = `The browser has none of ${names} for ${contentTypes.join(' and ')}, as \`drm\` asks for it.`;
  throw (
    failures.find(({ code }) => code !== 'drm-unsupported') ??
    new PlaybackError('drm-unsupported', { message, cause: failures.at(-1)?.cause })
  );
}

/** A browser takes the first configuration that it can do. */
function toConfigurations(
  { videoRobustness, audioRobustness, sessionType = 'temporary' }: ResolvedKeySystem['configuration'],
  contentTypes: readonly string[],
): MediaKeySystemConfiguration[] {
  const audioCapabilities = toCapabilities(contentTypes, 'audio/', audioRobustness ?? []);
  const levels = videoRobustness?.length ? videoRobustness : [undefined];

  return levels.map((level) => {
    const videoCapabilities = toCapabilities(contentTypes, 'video/', level === undefined ? [] : [level]);

    return {
      initDataTypes: ['cenc', 'keyids', 'webm', 'sinf', 'skd'],
      ...(videoCapabilities.length > 0 && { videoCapabilities }),
      ...(audioCapabilities.length > 0 && { audioCapabilities }),
      sessionTypes: [sessionType],
      ...(sessionType === 'persistent-license' && { persistentState: 'required' as const }),
    };
  });
}

function toCapabilities(
  contentTypes: readonly string[],
  prefix: string,
  levels: readonly string[],
): MediaKeySystemMediaCapability[] {
  return contentTypes
    .filter((contentType) => contentType.startsWith(prefix))
    .flatMap((contentType) =>
      levels.length === 0 ? [{ contentType }] : levels.map((robustness) => ({ contentType, robustness })),
    );
}
