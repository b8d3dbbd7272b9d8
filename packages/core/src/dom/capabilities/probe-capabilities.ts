import { KEY_SYSTEMS, type KeySystem } from '../../source/source.js';
import { requestAccess } from '../media-keys/request-access.js';

/** What a browser can do with one key system. */
export interface KeySystemCapability {
  readonly keySystem: KeySystem;
  /** EME's levels for pictures that it grants, best first; empty for systems without levels. */
  readonly videoRobustness: readonly string[];
  /** Whether licenses can be kept for playback without a network. */
  readonly persistentLicense: boolean;
  /** The highest version of HDCP that the displays meet now; null where the browser cannot tell, or where it is none. */
  readonly hdcp: string | null;
}

/** What a browser can do. */
export interface DrmCapabilities {
  /** `pending` on a server, at hydration and while the browser is asked. */
  readonly status: 'pending' | 'ready';
  readonly keySystems: readonly KeySystemCapability[];
}

/** Before anything is known. */
export const CAPABILITIES_PENDING: DrmCapabilities = Object.freeze({
  status: 'pending',
  keySystems: Object.freeze([]),
});

const WIDEVINE_LEVELS = [
  'HW_SECURE_ALL',
  'HW_SECURE_DECODE',
  'HW_SECURE_CRYPTO',
  'SW_SECURE_DECODE',
  'SW_SECURE_CRYPTO',
];
const PLAYREADY_LEVELS = ['3000', '2000', '150'];

/** Highest first. */
const HDCP_VERSIONS = ['2.3', '2.2', '2.1', '2.0', '1.4', '1.3', '1.2', '1.1', '1.0'];

/** Asks for every key system that the kit knows, one after the other. Never rejects. */
export async function probeCapabilities(): Promise<DrmCapabilities> {
  const keySystems: KeySystemCapability[] = [];
  for (const keySystem of KEY_SYSTEMS) {
    const access = await ask(keySystem, {});
    if (access) keySystems.push(await describe(keySystem, access));
  }

  return Object.freeze({ status: 'ready', keySystems: Object.freeze(keySystems) });
}

async function describe(keySystem: KeySystem, access: MediaKeySystemAccess): Promise<KeySystemCapability> {
  const videoRobustness: string[] = [];
  for (const level of levelsOf(keySystem)) {
    if (await ask(keySystem, { videoRobustness: [level] })) videoRobustness.push(level);
  }
  const persistent = await ask(keySystem, { sessionType: 'persistent-license' });

  return Object.freeze({
    keySystem,
    videoRobustness: Object.freeze(videoRobustness),
    persistentLicense: persistent !== null,
    hdcp: await highestHdcp(access),
  });
}

async function ask(
  name: KeySystem,
  demands: { readonly videoRobustness?: string[]; readonly sessionType?: 'persistent-license' },
): Promise<MediaKeySystemAccess | null> {
  try {
    const { access } = await requestAccess([{ name, configuration: { licenseUrl: '/', ...demands } }]);
    return access;
  } catch {
    return null;
  }
}

function levelsOf(keySystem: KeySystem): readonly string[] {
  if (keySystem.startsWith('com.widevine.')) return WIDEVINE_LEVELS;

  return keySystem.startsWith('com.microsoft.playready') ? PLAYREADY_LEVELS : [];
}

/** Of EME's second edition: older browsers do not have it, and it is not theirs to guess. */
async function highestHdcp(access: MediaKeySystemAccess): Promise<string | null> {
  try {
    const mediaKeys: PolicyAware = await access.createMediaKeys();
    for (const minHdcpVersion of HDCP_VERSIONS) {
      if ((await mediaKeys.getStatusForPolicy?.({ minHdcpVersion })) === 'usable') return minHdcpVersion;
    }
  } catch {
    // It cannot be told.
  }

  return null;
}

interface PolicyAware {
  getStatusForPolicy?(policy: { minHdcpVersion: string }): Promise<string>;
}
