import type { Authorize } from '../../authorize/authorizer.js';
import { PlaybackError } from '../../error/playback-error.js';
import type { KeyStatusPolicy } from '../../license/key-status-policy.js';
import { resolveKeySystems, type ResolvedKeySystem } from '../../source/resolve-key-systems.js';
import type { DrmConfiguration, KeySystem } from '../../source/source.js';

/** What attached MediaKeys read of a page, each time anew. */
export interface MediaKeysSettings {
  readonly drm: DrmConfiguration;
  readonly preferredKeySystems?: readonly (KeySystem | (string & {}))[] | undefined;
  readonly contentTypes?: readonly string[] | undefined;
  readonly authorize?: Authorize | undefined;
  readonly authorizedOrigins?: readonly string[] | undefined;
  readonly keyStatusPolicy?: Pick<KeyStatusPolicy, 'expired'> | undefined;
}

/**
 * The key systems of a page, in order of preference. There is no manifest here that could name a server.
 *
 * @throws PlaybackError `source-invalid`, naming the field and how to write it.
 */
export function resolveDrm({ drm, preferredKeySystems }: MediaKeysSettings): readonly ResolvedKeySystem[] {
  const keySystems = resolveKeySystems(drm, preferredKeySystems);
  if (keySystems.length === 0) {
    throw new PlaybackError('source-invalid', { message: '`drm` names no key system.' });
  }
  const name = keySystems.find(({ configuration }) => configuration.licenseUrlFromManifest)?.name;
  if (name === undefined) return keySystems;

  throw new PlaybackError('source-invalid', {
    message: `\`drm["${name}"].licenseUrlFromManifest\`: there is no manifest here. Use \`licenseUrl\`.`,
  });
}

/** Where licenses are asked for: those origins may see a credential. */
export function licenseUrlsOf(drm: DrmConfiguration): string[] {
  return Object.values(drm).flatMap((configuration) => configuration?.licenseUrl ?? []);
}
