import type { CdmEnvironment } from '../cdm/cdm-environment.js';
import type { FeatureSupport, VirtualSystem } from '../system/virtual-system.js';
import type { Configuration, Requirement, SupportedConfiguration } from './configuration.js';
import { isPersistentSessionType } from './is-persistent-session-type.js';
import { supportedCapabilities } from './supported-capabilities.js';

/**
 * EME's "Get Supported Configuration": what of a candidate a key system can do, or null where it cannot do all that is
 * demanded. There is nobody to ask for consent, so consent is never denied.
 *
 * A configuration without any capability is not supported, as in EME since 2017 and in browsers, although older
 * conformance tests expect `[{}]` to be. Rejects only where `canDecrypt` does.
 *
 * https://w3c.github.io/encrypted-media/#get-supported-configuration-and-consent
 */
export async function negotiate(
  system: VirtualSystem,
  candidate: Configuration,
  canDecrypt: CdmEnvironment['canDecrypt'],
): Promise<SupportedConfiguration | null> {
  const { label, distinctiveIdentifier } = candidate;

  const initDataTypes = candidate.initDataTypes.filter((type) => system.initDataTypes.includes(type));
  if (candidate.initDataTypes.length > 0 && initDataTypes.length === 0) return null;

  if (!isPossible(distinctiveIdentifier, system.distinctiveIdentifier)) return null;
  if (!isPossible(candidate.persistentState, system.persistentState)) return null;

  const sessionTypes = candidate.sessionTypes ?? ['temporary'];
  const persistentState = withSessionTypes(system, candidate.persistentState, sessionTypes);
  if (!persistentState) return null;

  if (candidate.videoCapabilities.length === 0 && candidate.audioCapabilities.length === 0) return null;
  const videoCapabilities = await supportedCapabilities(
    system,
    'video',
    candidate.videoCapabilities,
    canDecrypt,
  );
  if (!videoCapabilities) return null;
  const audioCapabilities = await supportedCapabilities(
    system,
    'audio',
    candidate.audioCapabilities,
    canDecrypt,
  );
  if (!audioCapabilities) return null;

  // In the order in which WebIDL makes an object of a dictionary.
  return {
    audioCapabilities,
    distinctiveIdentifier: settle(distinctiveIdentifier, system.distinctiveIdentifier),
    initDataTypes,
    label,
    persistentState: settle(persistentState, system.persistentState),
    sessionTypes,
    videoCapabilities,
  };
}

function isPossible(requirement: Requirement, support: FeatureSupport): boolean {
  if (requirement === 'required') return support !== 'not-supported';

  return requirement === 'optional' || support !== 'required';
}

/** The persistent state that the session types leave or ask for; null where they cannot all be had. */
function withSessionTypes(
  system: VirtualSystem,
  persistentState: Requirement,
  sessionTypes: readonly string[],
): Requirement | null {
  const isPersistent = sessionTypes.some(isPersistentSessionType);
  const isStateless = persistentState === 'not-allowed' || system.persistentState === 'not-supported';
  if (isPersistent && isStateless) return null;

  const supported: readonly string[] = system.sessionTypes;
  if (!sessionTypes.every((type) => supported.includes(type))) return null;

  return isPersistent ? 'required' : persistentState;
}

/** What was left open is used only where the system does not work without. */
function settle(requirement: Requirement, support: FeatureSupport): Exclude<Requirement, 'optional'> {
  if (requirement !== 'optional') return requirement;

  return support === 'required' ? 'required' : 'not-allowed';
}
