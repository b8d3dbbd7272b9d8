import { resolveKeySystems, type ResolvedKeySystem } from '@secure-player/core';

import type { LicenseModule } from './license-module.js';
import type { LicensedTitle } from './offline-licenses.js';

/** Who is to hold the license of a title. */
export type LicensePlan =
  | { readonly mode: 'none' }
  | { readonly mode: 'persistent'; readonly keySystem: ResolvedKeySystem }
  /** `null` where the title has AES-128 keys alone. */
  | { readonly mode: 'vault'; readonly keySystem: ResolvedKeySystem | null }
  | { readonly mode: 'online-license' };

/**
 * Chooses who holds the license: the module, this browser, nobody.
 *
 * @throws PlaybackError `source-invalid`
 */
export async function planLicense(title: LicensedTitle, module: LicenseModule): Promise<LicensePlan> {
  const { source, initData, keyIds, keyUrls } = title;
  if (initData.length === 0 && keyIds.length === 0) {
    return keyUrls.length > 0 ? { mode: 'vault', keySystem: null } : { mode: 'none' };
  }

  const keySystems = resolveKeySystems(source.drm, source.preferredKeySystems, 'source.');
  // Whose server only the manifest names is asked by the player alone. Keys that the page has need no server, and no module.
  const served = keySystems.filter(({ configuration }) => configuration.licenseUrl !== undefined);
  const types = [...new Set(initData.map(({ type }) => type))];
  const stored = initData.length > 0 ? await module.choose(served, types) : null;
  if (stored) return { mode: 'persistent', keySystem: stored };

  const clearKey = keySystems.find(
    ({ name, configuration }) => name === 'org.w3.clearkey' && !configuration.licenseUrlFromManifest,
  );
  return clearKey ? { mode: 'vault', keySystem: clearKey } : { mode: 'online-license' };
}
