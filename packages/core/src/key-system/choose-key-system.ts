import { PlaybackError } from '../error/playback-error.js';
import type { ResolvedKeySystem } from '../source/resolve-key-systems.js';
import type { KeySystemConfiguration } from '../source/source.js';

/** Tells whether the browser has a key system at all, and what its configuration asks of it. */
export type KeySystemProbe = (name: string, configuration: KeySystemConfiguration) => Promise<boolean>;

/**
 * The first key system of a source that the browser has; null where the source names none.
 *
 * One alone is taken without asking: the engine then fails with the exact reason. And a system that is not wanted is
 * never asked for, because asking can start the download of a module.
 *
 * @throws PlaybackError `drm-unsupported` when the browser has none of several.
 */
export async function chooseKeySystem(
  keySystems: readonly ResolvedKeySystem[],
  probe: KeySystemProbe,
): Promise<ResolvedKeySystem | null> {
  if (keySystems.length <= 1) return keySystems[0] ?? null;

  for (const keySystem of keySystems) {
    if (await probe(keySystem.name, keySystem.configuration)) return keySystem;
  }

  throw new PlaybackError('drm-unsupported', {
    message: `The browser has none of ${keySystems.map(({ name }) => name).join(', ')}.`,
  });
}
