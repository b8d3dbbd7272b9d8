import { customKeySystem, KEY_SYSTEMS, type DrmConfiguration, type Source } from '@secure-player/core';

/**
 * A source that was kept, with the mark of `customKeySystem` where a page had set it: a mark is not written, and a name that
 * the kit does not know was not accepted without one.
 */
export function markCustomKeySystems(source: Source): Source {
  const custom = Object.entries(source.drm ?? {}).filter(
    ([name]) => !(KEY_SYSTEMS as readonly string[]).includes(name),
  );
  if (custom.length === 0) return source;

  const marked = custom.map(([name, configuration]) => configuration && customKeySystem(name, configuration));
  return { ...source, drm: Object.assign({}, source.drm, ...marked) as DrmConfiguration };
}
