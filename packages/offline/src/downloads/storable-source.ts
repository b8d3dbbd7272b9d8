import {
  PlaybackError,
  resolveSource,
  type DrmConfiguration,
  type KeySystemConfiguration,
  type Source,
} from '@secure-player/core';

/**
 * A source as it can be kept: absolute addresses, no functions, no session, which is of one playback alone, and no secrets: fixed
 * headers are given again by the page, and keys are wrapped.
 *
 * @throws PlaybackError `source-invalid`
 */
export function storableSource(source: Source, pageUrl: string): Source & { readonly id: string } {
  resolveSource(source);
  const { id, session: _, ...rest } = source;
  if (id === undefined || id === '') {
    throw new PlaybackError('source-invalid', {
      message: 'A download needs `source.id`, the content id: it is found by it when it is played.',
    });
  }
  const absolute = (text: string) => {
    if (URL.canParse(text, pageUrl)) return new URL(text, pageUrl).href;
    throw new PlaybackError('source-invalid', {
      message: '`source.src`, `source.poster` and `source.thumbnails` must be addresses to be downloaded.',
    });
  };
  const src = absolute(source.src);
  if (!/^https?:/.test(src)) {
    throw new PlaybackError('source-invalid', {
      message: '`source.src` must be an http(s) address to be downloaded.',
    });
  }

  return {
    ...(withoutFunctions(rest) as Source),
    ...(source.drm && { drm: withoutSecrets(source.drm) }),
    id,
    src,
    ...(source.poster !== undefined && { poster: absolute(source.poster) }),
    ...(source.thumbnails !== undefined && { thumbnails: absolute(source.thumbnails) }),
  };
}

function withoutSecrets(drm: DrmConfiguration): DrmConfiguration {
  const kept = Object.entries<KeySystemConfiguration | undefined>(drm).flatMap(([name, configuration]) => {
    // Without its keys it would be none.
    if (!configuration || configuration.keys) return [];
    const { headers: _, ...rest } = configuration;
    return [[name, withoutFunctions(rest)]];
  });
  return Object.fromEntries(kept) as DrmConfiguration;
}

/** Bytes stay, functions go. */
function withoutFunctions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(withoutFunctions);

  const entries = Object.entries(value).filter(
    ([, part]) => typeof part !== 'function' && part !== undefined,
  );
  return Object.fromEntries(entries.map(([name, part]) => [name, withoutFunctions(part)]));
}
