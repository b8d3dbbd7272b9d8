import type { CdmEnvironment } from '../cdm/cdm-environment.js';
import type { VirtualSystem } from '../system/virtual-system.js';
import { codecKind, impliesCodecs, type MediaKind } from './codec-kind.js';
import type { Capability } from './configuration.js';
import { parseMediaType } from './parse-media-type.js';
import { isRobustEnough } from './robustness.js';

/**
 * EME's "Get Supported Capabilities for Audio/Video Type": those of `requested` that the key system can do, in their
 * order and as they were written. An empty list gives an empty list. Null where not one of them can be done, and where
 * one has no content type at all.
 *
 * https://w3c.github.io/encrypted-media/#get-supported-capabilities-for-audio-video-type
 */
export async function supportedCapabilities(
  system: VirtualSystem,
  kind: MediaKind,
  requested: readonly Capability[],
  canDecrypt: CdmEnvironment['canDecrypt'],
): Promise<readonly Capability[] | null> {
  const supported: Capability[] = [];

  for (const capability of requested) {
    const { contentType, encryptionScheme } = capability;
    if (contentType === '') return null;

    if (!isConceivable(system, kind, capability)) continue;
    if (await canDecrypt(kind, contentType, encryptionScheme)) supported.push({ ...capability });
  }

  return requested.length > 0 && supported.length === 0 ? null : supported;
}

/** All that can be told without asking whether the media can really be decoded. */
function isConceivable(system: VirtualSystem, kind: MediaKind, capability: Capability): boolean {
  const { contentType, encryptionScheme, robustness } = capability;

  return (
    isMediaOf(kind, contentType) &&
    (encryptionScheme === null || system.encryptionSchemes.includes(encryptionScheme)) &&
    isRobustEnough(system, kind, robustness)
  );
}

/** Whether a type is strictly audio, or strictly video, and names its codecs where it must. */
function isMediaOf(kind: MediaKind, contentType: string): boolean {
  const media = parseMediaType(contentType);
  if (media?.type !== kind) return false;
  if (media.codecs.length === 0) return impliesCodecs(`${media.type}/${media.subtype}`);

  // A codec that is not known here is for the platform to judge.
  return media.codecs.every((codec) => (codecKind(codec) ?? kind) === kind);
}
